import { defineRule, type ScannedFile } from './defineRule.js';
import { isNativeEntry } from './nativeBinary.js';

const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };
const EXECUTABLE = 2;
/** Also a static executable that may be loaded anywhere. */
const SHARED = 3;
const INTERPRETER = 3;
const HEADER_BYTES = 64;
const PROGRAM_HEADER_BYTES = 56;

/** An ELF-64 executable for this machine that asks for no interpreter, and so for no library (System V ABI, "Object Files"). */
function isStaticExecutable({ bytes }: ScannedFile): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < HEADER_BYTES || data.toString('hex', 0, 6) !== '7f454c460201') return false;
  if (![EXECUTABLE, SHARED].includes(data.readUInt16LE(16))) return false;
  if (data.readUInt16LE(18) !== MACHINES[process.arch]) return false;
  const [start, size, count] = [Number(data.readBigUInt64LE(32)), data.readUInt16LE(54), data.readUInt16LE(56)];
  if (size !== PROGRAM_HEADER_BYTES || count === 0 || start + size * count > data.length) return false;
  return Array.from({ length: count }, (_, index) => data.readUInt32LE(start + size * index)).every(
    (type) => type !== INTERPRETER,
  );
}

/** The smallest file that looks like one: a header and one program header of a type. */
function elf(type: number, machine = MACHINES[process.arch] ?? 0): Uint8Array {
  const data = Buffer.alloc(HEADER_BYTES + PROGRAM_HEADER_BYTES);
  data.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  data.writeUInt16LE(EXECUTABLE, 16);
  data.writeUInt16LE(machine, 18);
  data.writeBigUInt64LE(BigInt(HEADER_BYTES), 32);
  data.writeUInt16LE(PROGRAM_HEADER_BYTES, 54);
  data.writeUInt16LE(1, 56);
  data.writeUInt32LE(type, HEADER_BYTES);
  return data;
}
const LOAD = 1;

export const nativeEntry = defineRule({
  id: 'native-entry',
  severity: 'medium',
  ability: 'native',
  message: 'The plugin is machine code.',
  why: 'It is what the native runtime is for. The scanner reads what it is linked of and no instruction: the sandbox bounds what it does.',
  match: { on: 'file', matches: (file, around) => isNativeEntry(file, around) && isStaticExecutable(file) },
  examples: {
    flags: [{ path: 'plugin', content: elf(LOAD), runtime: 'native' }],
    passes: [
      { path: 'plugin', content: elf(LOAD), runtime: 'node' },
      { path: 'other', content: elf(LOAD), runtime: 'native', entry: 'plugin' },
    ],
  },
});

export const unfitEntry = defineRule({
  id: 'unfit-entry',
  severity: 'critical',
  message: 'The entry is no static Linux executable for this registry’s machines.',
  why: 'The native runtime has no library, no loader and no shell. Go: CGO_ENABLED=0; C and Rust: link statically, with musl for one.',
  match: { on: 'file', matches: (file, around) => isNativeEntry(file, around) && !isStaticExecutable(file) },
  examples: {
    flags: [
      { path: 'plugin', content: '#!/bin/sh\n', runtime: 'native' },
      { path: 'plugin', content: elf(INTERPRETER), runtime: 'native' },
      { path: 'plugin', content: elf(LOAD, 8), runtime: 'native' },
      { path: 'plugin', content: elf(LOAD).subarray(0, 100), runtime: 'native' },
    ],
    passes: [
      { path: 'plugin', content: elf(LOAD), runtime: 'native' },
      { path: 'main.py', content: 'print(1)', runtime: 'python' },
    ],
  },
});
