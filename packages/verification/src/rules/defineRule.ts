/** What a scan rule is: data with a matcher, and examples that are its tests. A rule holds no state and reads no file. */
import type { Capabilities, Severity } from '@paddock/contracts';
import type { AnyNode, Expression } from 'acorn';

/** A file of the bundle, as far as it is kept. */
export interface ScannedFile {
  readonly path: string;
  /** Its beginning; all of it for code. */
  readonly bytes: Uint8Array;
}

/** Code that was parsed, and where it stands. */
export interface Code {
  readonly path: string;
  readonly text: string;
  /** What the manifest declares. */
  readonly capabilities: Capabilities;
  /** Every path in the bundle. */
  readonly paths: ReadonlySet<string>;
  /** What a name stands for, when the file declares it just once and with a value. */
  valueOf(name: string): Expression | null;
  /** Whether an offset lies in a comment, a string, a template's text or a regular expression. */
  isInert(offset: number): boolean;
}

/** Where a rule looks. */
export type Match =
  /** Each node of the syntax tree, with its ancestors, itself last. */
  | { readonly on: 'node'; matches(node: AnyNode, code: Code, ancestors: readonly AnyNode[]): boolean }
  /** Each string that is known without running anything: literals, and what is joined or decoded from them. */
  | { readonly on: 'constant'; matches(value: string): boolean }
  /** The text of code: the offsets that are wrong. Its time MUST be linear in the text. */
  | { readonly on: 'source'; offsets(code: Code): Iterable<number> }
  /** Any file, code or not. */
  | { readonly on: 'file'; matches(file: ScannedFile): boolean };

/** Code, or a file: what stands in it, and around it. */
export type Example =
  | string
  | {
      readonly path?: string;
      readonly content: string | Uint8Array;
      readonly capabilities?: Capabilities;
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
  readonly match: Match;
  readonly examples: { readonly flags: readonly Example[]; readonly passes: readonly Example[] };
}

export const defineRule = (rule: Rule): Rule => rule;
