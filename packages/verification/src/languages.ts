/** Which files of a bundle are code that the scanner reads. */
import { isElf } from './native/elfFile.js';
import type { Language, ScannedFile, Surroundings } from './rules/defineRule.js';

type Started = Pick<Surroundings, 'runtime' | 'entry'>;

/** A file's language, given what the manifest starts; null for what is no code that is read. Machine code may have any name. */
export const languageOf = ({ path, bytes }: ScannedFile, started: Started): Language | null =>
  isElf(bytes) ? 'native' : languageByName(path, started);

function languageByName(path: string, { runtime, entry }: Started): Language | null {
  if (/\.d\.[cm]?ts$/i.test(path)) return null;
  if (/\.(?:[cm]?js|[cm]?tsx?|jsx)$/i.test(path)) return 'javascript';
  if (/\.(?:pyw?|pth)$/i.test(path)) return 'python';
  if (/\.(?:sh|bash|zsh|bat|cmd|ps1)$/i.test(path)) return 'shell';
  if (path !== entry) return null;
  return runtime === 'node' ? 'javascript' : runtime === 'python' ? 'python' : null;
}

/** Whether a path is Python's byte code. */
export const isByteCode = (path: string): boolean => /\.py[co]$/i.test(path);
