/** What the scanner reads out of code, in the same words for every language: the rules match these, and no syntax. */

export interface Fact {
  /**
   * `import` loads the module `name`; `call` calls or constructs it; `member` reads it; `assign` replaces it; `string` is a
   * text that is known without running anything. Of machine code, `linked` is a function that a Go program holds, and
   * `imported` one that a file asks of a shared library.
   */
  readonly kind: 'import' | 'call' | 'member' | 'assign' | 'string' | 'linked' | 'imported';
  /**
   * The full name behind every alias, dotted: `child_process.exec`, `process.env.HOME`, `subprocess.run`. What a call gave
   * is followed by `()`. For a string, its text.
   */
  readonly name: string;
  /** Offset in the text; of machine code, the place among its names. */
  readonly at: number;
  /** Of a call: each argument's text, where it is constant; the items of a constant list are joined by spaces. */
  readonly args?: readonly (string | null)[];
  /** Of a call: each argument's name, where it has one. */
  readonly given?: readonly (string | null)[];
  /** Of a call: the beginning of its arguments as they stand in the source. */
  readonly source?: string;
}

/** How much of a call's arguments is kept as source. */
export const MAX_SOURCE = 1500;
/** Longer texts are the business of the rules about texts as such. */
export const MAX_STRING = 100_000;
