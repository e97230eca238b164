/**
 * The functions that are linked into a Go program, by the table that its runtime needs for stack traces, which a stripped
 * program keeps too. Its form stands in Go's own debug/gosym. It is found by its first bytes, which the runtime checks, and
 * not by the section's name, which nothing does. It also names what was inlined, and nothing that the linker left out.
 */
import type { ElfFile } from './elfFile.js';

/** Of Go 1.16, 1.18 and 1.20; and how many words stand in the header before the offset of the names. */
const MAGICS: readonly [magic: number, wordsBefore: number][] = [
  [0xfffffffa, 2],
  [0xfffffff0, 3],
  [0xfffffff1, 3],
];
/** The linker aligns the table at least so. */
const ALIGNMENT = 16;
const MAX_CANDIDATES = 1000;

/**
 * @returns null where there is no such table: in a program that is not Go's, or whose table was removed
 * @throws RangeError when there is more of it than an honest program has
 */
export function goFunctions(elf: ElfFile): string[] | null {
  const names: string[] = [];
  let bytesLeft = elf.data.length;
  let candidates = 0;
  for (const [magic, wordsBefore] of MAGICS) {
    const beginning = Buffer.alloc(6);
    if (elf.isBigEndian) beginning.writeUInt32BE(magic);
    else beginning.writeUInt32LE(magic);
    for (let at = elf.data.indexOf(beginning); at !== -1; at = elf.data.indexOf(beginning, at + 1)) {
      if (at % ALIGNMENT !== 0) continue;
      if (++candidates > MAX_CANDIDATES) throw new RangeError('too many tables of functions');
      const region = namesOf(elf, at, wordsBefore);
      if (region === null) continue;
      bytesLeft -= region.length;
      if (bytesLeft < 0) throw new RangeError('tables of functions that overlap');
      for (const name of region.toString('latin1').split('\0')) if (name !== '') names.push(name);
    }
  }
  return names.length === 0 ? null : names;
}

/** The names of a table, each ended by a zero; null for bytes that are no such table. */
function namesOf(elf: ElfFile, table: number, wordsBefore: number): Buffer | null {
  const [quantum = 0, word = 0] = elf.data.subarray(table + 6, table + 8);
  if (![1, 2, 4].includes(quantum) || (word !== 4 && word !== 8)) return null;
  const header = table + 8;
  if (header + (wordsBefore + 2) * word > elf.data.length) return null;
  try {
    const functions = elf.number(header, word);
    const start = elf.number(header + wordsBefore * word, word);
    const end = elf.number(header + (wordsBefore + 1) * word, word);
    const isTable = functions > 0 && start >= wordsBefore * word && start < end && table + end <= elf.data.length;
    return isTable ? elf.data.subarray(table + start, table + end) : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
