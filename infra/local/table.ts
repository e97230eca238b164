/** Tables and figures as a person reads them in a terminal. It decides nothing. */
import Table from 'cli-table3';
import pc from 'picocolors';

const MiB = 1024 * 1024;

/** A table without borders. */
const BARE = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right'].flatMap((at) =>
    [at, `${at}-left`, `${at}-mid`, `${at}-right`].map((part) => [part, '']),
  ),
);

/** Lines of columns under dim headings; a column whose heading begins with `>` is set to the right. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    chars: { ...BARE, middle: '' },
    colAligns: headings.map((heading) => (heading.startsWith('>') ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  made.push(headings.map((heading) => pc.dim(heading.replace(/^>/, ''))));
  for (const row of rows) made.push([...row]);
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** `0.42 ms`, `42 ms`, `1.2 s`. */
export function milliseconds(ms: number): string {
  if (ms >= 9_950) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 995) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 9.95) return `${ms.toFixed(0)} ms`;
  return `${ms.toFixed(ms >= 0.995 ? 1 : 2)} ms`;
}

/** `812 B`, `4.1 KiB`, `40.8 MiB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  if (count < MiB) return `${(count / 1024).toFixed(1)} KiB`;
  return `${(count / MiB).toFixed(1)} MiB`;
}
