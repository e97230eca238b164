/** What a finding shows of a file. It is read in terminals and on pages, and the file is hostile. */

const BEFORE = 20;
const CHARS = 120;
const MAX = 300;

/** The line at an offset, or the part of it around there. */
export function excerptOf(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const start = Math.max(lineStart, offset - BEFORE);
  const lineEnd = text.indexOf('\n', offset);
  return printable(text.slice(start, Math.min(start + CHARS, lineEnd === -1 ? text.length : lineEnd)));
}

/** At most 300 characters, naming every one that is not printable ASCII, so that a finding can't hide or reorder what it shows. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`).slice(0, MAX);
}
