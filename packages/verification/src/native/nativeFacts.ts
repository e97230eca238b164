/** What an ELF file tells of the code in it, without reading a single instruction. */
import type { Fact } from '../facts/facts.js';
import { buildInfo } from '../sbom/go.js';
import { ElfFile } from './elfFile.js';
import { goFunctions } from './goFunctions.js';

/** A Go program whose functions can't be told. Go's linker always names them, as the program itself needs it. */
export class UnnamedFunctions extends Error {
  override readonly name = 'UnnamedFunctions';
}

/**
 * The functions of a Go program, and what any ELF file imports: of a static program of another language, nothing. What is
 * too broken to be read could not be loaded either, and has no facts.
 * @throws UnnamedFunctions for a Go program that was made unreadable
 */
export function nativeFacts(bytes: Uint8Array): Fact[] {
  const elf = unlessBroken(() => new ElfFile(bytes));
  if (elf === null) return [];
  const functions = unlessBroken(() => goFunctions(elf) ?? []);
  if (functions === null || (functions.length === 0 && buildInfo(bytes) !== null)) throw new UnnamedFunctions();
  const imports = unlessBroken(() => [...elf.imports()]) ?? [];
  return [
    ...functions.map((name, at) => ({ kind: 'linked' as const, name, at })),
    ...imports.map((name, at) => ({ kind: 'imported' as const, name, at })),
  ];
}

/** Null where the file points beyond itself. */
function unlessBroken<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
