/**
 * The modules that Go's files name, and those that a Go program was built of, which it says itself. The form of that build
 * information stands in Go's own debug/buildinfo. go.sum is left aside: it names versions that were never chosen.
 */
import { ElfFile } from '../native/elfFile.js';
import type { Named } from './component.js';

/** go.mod: what it requires, as `replace` has it. */
export function goMod(content: string): Named[] {
  const lines = directives(content);
  const replaced = new Map(
    lines.flatMap(([verb, ...rest]) => {
      const arrow = rest.indexOf('=>');
      return verb === 'replace' && arrow > 0 ? [[rest[0], rest.slice(arrow + 1)] as const] : [];
    }),
  );
  return lines.flatMap(([verb, path = '', version = '']) => {
    if (verb !== 'require') return [];
    const [name = path, chosen] = replaced.get(path) ?? [path, version];
    return chosen === undefined ? [] : [{ name, version: chosen }]; // A replacement by a folder has no version.
  });
}

/** Each directive of a go.mod in words, those of a block with the block's verb before them. */
function directives(content: string): string[][] {
  let block: string | null = null;
  return content.split('\n').flatMap((line) => {
    const words = line
      .replace(/\/\/.*/, '')
      .trim()
      .split(/\s+/)
      .filter(Boolean);
    if (words.length === 0) return [];
    if (block === null && words[1] === '(') {
      block = words[0] ?? '';
      return [];
    }
    if (words[0] === ')') {
      block = null;
      return [];
    }
    return [block === null ? words : [block, ...words]];
  });
}

/** vendor/modules.txt: `# path version`, or `# path version => path version`. */
export function vendoredModules(content: string): Named[] {
  return content.split('\n').flatMap((line) => {
    const words = /^# (\S.*)$/.exec(line)?.[1]?.split(/\s+/) ?? [];
    const [name, version] = words.includes('=>') ? words.slice(words.indexOf('=>') + 1) : words;
    return name === undefined || version === undefined ? [] : [{ name, version }];
  });
}

const MAGIC = Buffer.concat([Buffer.from([0xff]), Buffer.from(' Go buildinf:')]);
const HEADER = 32;
const INLINE = 2;
/** A program holds one, and programs that read such information hold the mark a few times. */
const MAX_CANDIDATES = 100;

/**
 * The modules of a Go program, and Go's standard library under OSV's name for it.
 * @param bytes a whole ELF file
 * @returns nothing for a program that does not say
 */
export function goProgram(bytes: Uint8Array): Named[] {
  const info = buildInfo(bytes);
  return info === null ? [] : [...standardLibrary(info.version), ...modulesOf(info.modules)];
}

/** What a Go program says it was built with; null for one that is not Go's. */
export function buildInfo(bytes: Uint8Array): { version: string; modules: string } | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let candidates = 0;
  for (let at = file.indexOf(MAGIC); at !== -1; at = file.indexOf(MAGIC, at + 1)) {
    if (at % 16 !== 0 || at + HEADER > file.length) continue;
    if (++candidates > MAX_CANDIDATES) return null;
    const info = buildInfoAt(file, at);
    if (info !== null) return info;
  }
  return null;
}

function standardLibrary(version: string): Named[] {
  const number = /^(?:devel )?go(\d+(?:\.\d+)*(?:(?:rc|beta)\d+)?)/.exec(version)?.[1];
  return number === undefined ? [] : [{ name: 'stdlib', version: number }];
}

function buildInfoAt(file: Buffer, at: number): { version: string; modules: string } | null {
  const pointerSize = file[at + 14] ?? 0;
  if ((file[at + 15] ?? 0) & INLINE) {
    const version = inlineString(file, at + HEADER);
    const modules = version && inlineString(file, version.end);
    return version && modules ? { version: version.text, modules: unframed(modules.text) } : null;
  }
  if (pointerSize !== 4 && pointerSize !== 8) return null;
  try {
    const elf = new ElfFile(file);
    const version = stringBehind(elf, at + 16, pointerSize);
    const modules = stringBehind(elf, at + 16 + pointerSize, pointerSize);
    return version === null ? null : { version, modules: unframed(modules ?? '') };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Go 1.18 and later: the length as a varint, then the bytes. */
function inlineString(file: Buffer, at: number): { text: string; end: number } | null {
  let length = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = file[at++];
    if (byte === undefined) return null;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      const end = at + length;
      return end > file.length ? null : { text: file.toString('latin1', at, end), end };
    }
  }
  return null;
}

/** The list of modules stands between two marks of 16 bytes. */
const unframed = (text: string) => (text.length >= 33 && text.at(-17) === '\n' ? text.slice(16, -16) : '');

function modulesOf(info: string): Named[] {
  const found: Named[] = [];
  for (const line of info.split('\n')) {
    const [kind, name = '', version = ''] = line.split('\t');
    if (kind === 'dep') found.push({ name, version });
    // It stands in the place of the one on the line before it.
    if (kind === '=>' && found.length > 0) found[found.length - 1] = { name, version };
  }
  return found;
}

/** A program before Go 1.18 points at the header of a string, and that at its bytes, by the addresses that they have in memory. */
function stringBehind(elf: ElfFile, at: number, pointerSize: number): string | null {
  const header = elf.offsetOf(elf.number(at, pointerSize));
  if (header === null) return null;
  const start = elf.offsetOf(elf.number(header, pointerSize));
  const length = elf.number(header + pointerSize, pointerSize);
  if (start === null || start + length > elf.data.length) return null;
  return elf.data.toString('latin1', start, start + length);
}
