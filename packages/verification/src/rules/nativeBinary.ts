import { defineRule, type ScannedFile, type Surroundings } from './defineRule.js';

/** First bytes of ELF, Mach-O (four forms) and its universal form, which Java's class files share, in hexadecimal. */
const MAGICS = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];
/** PE begins with MZ, but so may text: the header that it points to must be there. */
function isPortableExecutable(bytes: Buffer): boolean {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') return false;
  const at = bytes.readUInt32LE(60);
  return at + 4 <= bytes.length && bytes.toString('latin1', at, at + 4) === 'PE\0\0';
}

function isNative({ path, bytes }: ScannedFile): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    /\.(?:node|so|dylib|dll|exe)$/i.test(path) ||
    MAGICS.includes(data.toString('hex', 0, 4)) ||
    isPortableExecutable(data)
  );
}

/** Whether a file is what the `native` runtime starts: machine code by declaration. */
export const isNativeEntry = ({ path }: ScannedFile, { runtime, entry }: Surroundings): boolean =>
  runtime === 'native' && path === entry;

const portable = new Uint8Array(128);
portable.set([0x4d, 0x5a]);
portable[60] = 64;
portable.set([0x50, 0x45], 64);

export const nativeBinary = defineRule({
  id: 'native-binary',
  severity: 'high',
  ability: 'native',
  message: 'A file is a native program or library.',
  why: 'Machine code can’t be scanned as source can, and only the entry of the native runtime has need of it. WebAssembly is taken.',
  match: { on: 'file', matches: (file, around) => isNative(file) && !isNativeEntry(file, around) },
  examples: {
    flags: [
      { path: 'helper', content: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0) },
      { path: 'image.png', content: Uint8Array.of(0xcf, 0xfa, 0xed, 0xfe) },
      { path: 'addon.node', content: '' },
      { path: 'run.txt', content: portable },
      { path: 'lib/helper.so', content: '', runtime: 'native', entry: 'plugin' },
      { path: 'plugin', content: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46), runtime: 'python' },
    ],
    passes: [
      { path: 'parse.wasm', content: Uint8Array.of(0, 0x61, 0x73, 0x6d) },
      { path: 'notes.txt', content: 'MZ is how it begins.' },
      { path: 'logo.png', content: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) },
      { path: 'empty', content: '' },
      { path: 'plugin', content: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0), runtime: 'native' },
    ],
  },
});
