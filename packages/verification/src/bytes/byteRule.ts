/**
 * What a byte rule is: a rule of YARA as data, and examples that are its tests. It looks at a file as the bytes that it is,
 * whatever its name says, which is for what has no syntax: machine code, media, and text that is hidden in them.
 */
import type { Rule } from '../rules/defineRule.js';

export interface ByteRule extends Pick<Rule, 'id' | 'severity' | 'message' | 'why' | 'suggestion' | 'ability'> {
  /**
   * What a text MUST hold for the rules to be tried on it: never narrower than the strings, and cheap, since the engine
   * takes longer to load than most bundles to be scanned. Null for a rule that makes sense in binary files only.
   */
  readonly text: RegExp | null;
  /** What is looked for, in YARA's language. A finding shows the first that is found. */
  readonly strings: string;
  /** When it counts. */
  readonly condition: string;
  readonly examples: { readonly flags: readonly ByteExample[]; readonly passes: readonly ByteExample[] };
}

export interface ByteExample {
  /** `data` if absent; rules can ask for it as `path`. */
  readonly path?: string;
  readonly content: string | Uint8Array;
}

export const defineByteRule = (rule: ByteRule): ByteRule => rule;

/** The first bytes of a file, and text behind them: for examples. */
export const beginning = (magic: string, text = ''): Uint8Array => Buffer.from(magic.padEnd(64, '\0') + text, 'latin1');

/** How conditions say that a file is a program for Linux or Windows. */
export const IS_PROGRAM = '(uint32(0) == 0x464c457f or uint16(0) == 0x5a4d)';
export const ELF_MAGIC = '\x7fELF\x02\x01\x01';
/** Text that tells people about things, rather than doing them. */
export const IS_DOCUMENT = String.raw`path matches /\.(md|markdown|rst|html?)$/i`;
