/**
 * What a scan rule is: data that says what it matches, and examples that are its tests. Most match facts, which are the same
 * for every language; where a syntax or the bytes themselves matter, a small predicate does. A rule holds no state and reads
 * no file.
 */
import type { AbilityName, Capabilities, Runtime, Severity } from '@paddock/contracts';
import type { AnyNode, Expression } from 'acorn';
import type { Fact } from '../facts/facts.js';

/** A file of the bundle, as far as it is kept. */
export interface ScannedFile {
  readonly path: string;
  /** Its beginning; all of it for code. */
  readonly bytes: Uint8Array;
}

/** What stands around a file: its bundle, and what the manifest says. */
export interface Surroundings {
  readonly runtime: Runtime;
  readonly entry: string;
  readonly capabilities: Capabilities;
  /** Every path in the bundle. */
  readonly paths: ReadonlySet<string>;
}

/** Code that was parsed, and where it stands. */
export interface Code extends Surroundings {
  readonly path: string;
  readonly text: string;
  /** What a name stands for, when the file declares it just once and with a value. */
  valueOf(name: string): Expression | null;
  /** Whether an offset lies in a comment, a string, a template's text or a regular expression. */
  isInert(offset: number): boolean;
}

/** A test of facts: of one kind, by its name, and for a call by what it is given. */
export interface FactTest {
  readonly kind: Fact['kind'];
  readonly name: RegExp;
  /** One constant argument, or a constant part of one, matches. */
  readonly argument?: RegExp;
  /** The first argument can't be known. */
  readonly isUnknown?: boolean;
  /** One argument is what is so called. */
  readonly given?: RegExp;
  /** The arguments as they stand in the source match. */
  readonly source?: RegExp;
}

/** What code is able to do, whether or not its manifest says so. */
export const ABILITIES = [
  'network',
  'process',
  'filesystem',
  'environment',
  'eval',
  'native',
  'crypto_mining',
  'persistence',
  'obfuscation',
] as const satisfies readonly AbilityName[];
export type Ability = (typeof ABILITIES)[number];

export const LANGUAGES = ['javascript', 'python', 'shell', 'native'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where a rule looks. */
export type Match =
  /** The facts of code: any of the tests. */
  | { readonly on: 'facts'; readonly any: readonly FactTest[] }
  /**
   * What other rules have found close together: of each list, at least one. Where a file is short, or the bundle's code
   * altogether, everything in it is close, unless `within` says how far apart it may be, in characters.
   * `isShort` asks for a bundle with so little code that all of it is the plugin's own.
   */
  | {
      readonly on: 'near';
      readonly all: readonly (readonly string[])[];
      readonly file?: RegExp;
      readonly within?: number;
      readonly isShort?: true;
    }
  /** Each node of the syntax tree, with its ancestors, itself last. */
  | { readonly on: 'node'; matches(node: AnyNode, code: Code, ancestors: readonly AnyNode[]): boolean }
  /** Each string that is known without running anything: literals, and what is joined or decoded from them. */
  | { readonly on: 'constant'; matches(value: string): boolean }
  /** The text of code: the offsets that are wrong. Its time MUST be linear in the text. */
  | { readonly on: 'source'; offsets(code: Code): Iterable<number> }
  /** Any file, code or not. */
  | { readonly on: 'file'; matches(file: ScannedFile, around: Surroundings): boolean };

/** Code, or a file: what stands in it, and around it. */
export type Example =
  | string
  | {
      readonly path?: string;
      readonly content: string | Uint8Array;
      readonly capabilities?: Capabilities;
      /** `node` if absent. */
      readonly runtime?: Runtime;
      readonly entry?: string;
      /** Other files of the bundle. */
      readonly beside?: readonly string[];
    };

export interface Rule {
  /** Lower-case words and hyphens. It is never renamed: stored findings name it. */
  readonly id: string;
  readonly severity: Severity;
  /** What was seen, for publisher and admin. */
  readonly message: string;
  /** Why it matters, and what an honest use would look like. */
  readonly why: string;
  /** What the publisher can do about it. */
  readonly suggestion?: string;
  /** What of the code's abilities it shows. */
  readonly ability?: Ability;
  /** The languages whose code it reads; all of them if absent. */
  readonly languages?: readonly Language[];
  readonly match: Match;
  readonly examples: { readonly flags: readonly Example[]; readonly passes: readonly Example[] };
}

export const defineRule = (rule: Rule): Rule => rule;
