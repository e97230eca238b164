/**
 * What a command prints: its result on stdout, everything else on stderr. Much of it was written by strangers, so what a
 * terminal would obey or show reordered is printed by its number.
 */
import Table from 'cli-table3';
import pc from 'picocolors';
import type { ErrorReport } from './errors.js';

export class Output {
  constructor(readonly isJson: boolean) {}

  /** The command's result: `document` with --json, else the text that `human` makes. */
  result(document: unknown, human: () => string): void {
    const text = this.isJson ? printableJson(document) : human();
    if (text !== '') process.stdout.write(`${text}\n`);
  }

  /** A line on how far it is. */
  progress(line: string): void {
    process.stderr.write(`${pc.dim(printable(line))}\n`);
  }

  error({ code, message, issues }: ErrorReport): void {
    if (this.isJson) {
      process.stderr.write(
        `${printableJson({ error: { code, message, ...(issues.length === 0 ? {} : { issues }) } })}\n`,
      );
      return;
    }
    process.stderr.write(`${pc.red(code)}: ${printable(message)}\n`);
    for (const issue of issues)
      process.stderr.write(`  ${pc.bold(printable(issue.path) || 'plugin.json')}: ${printable(issue.message)}\n`);
  }
}

/** Control and format characters, with Unicode's two line separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
/** As JSON has it: one escape for each UTF-16 unit. */
const escaped = (char: string): string =>
  Array.from({ length: char.length }, (_, at) => unit(char.charCodeAt(at))).join('');

/** One line of text without anything that a terminal obeys. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escaped);

/** JSON that is the same document, with nothing in it that a terminal obeys. */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value ?? null, null, 2).replace(UNPRINTABLE, (char) => (char === '\n' ? char : escaped(char)));

const LINES = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
];

/** Columns without lines. With no rows, the sentence `none`. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  none: string,
): string {
  if (rows.length === 0) return none;
  const drawn = new Table({
    head: head.map((text) => pc.bold(text)),
    chars: { ...Object.fromEntries(LINES.map((name) => [name, ''])), middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  for (const row of rows) drawn.push(row.map((cell) => (cell === null ? '-' : printable(String(cell)))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Bytes for people. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1024 * 1024 ? `${(count / 1024).toFixed(1)} KiB` : `${(count / 1024 / 1024).toFixed(1)} MiB`;
}

export const milliseconds = (count: number): string =>
  count < 1000 ? `${count.toFixed(1)} ms` : `${(count / 1000).toFixed(2)} s`;

/** Memory over time, from bytes times milliseconds. */
export const mebibyteSeconds = (byteMs: number): string => `${(byteMs / 1024 / 1024 / 1000).toFixed(1)} MiB·s`;
