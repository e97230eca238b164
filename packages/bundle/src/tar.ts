/**
 * One header of POSIX ustar (IEEE Std 1003.1-2017, pax, "ustar Interchange Format"), as strictly as it can be read:
 * regular files only, numbers in octal only, no extension of any tar. It neither reads nor writes the files' contents.
 */
import { PaddockError } from '@paddock/contracts';
import { printable } from './paths.js';

export const BLOCK = 512;

/** The zeros that bring `size` to a whole number of blocks. */
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

const NAME = 100;
const PREFIX = 155;

/** What a header holds of use. Times and owners are no part of a bundle. */
export interface TarHeader {
  readonly path: string;
  readonly mode: 0o644 | 0o755;
  readonly size: number;
}

/** @throws PaddockError `bundle_entry_path` when the path can't be split into ustar's two fields. */
export function encodeHeader({ path, mode, size }: TarHeader): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++) block[at + index] = text.charCodeAt(index);
  };
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  const { prefix, name } = splitPath(path);
  put(0, name);
  put(100, octal(mode, 8));
  put(108, octal(0, 8));
  put(116, octal(0, 8));
  put(124, octal(size, 12));
  put(136, octal(0, 12));
  put(156, '0');
  put(257, 'ustar\x0000');
  put(329, octal(0, 8));
  put(337, octal(0, 8));
  put(345, prefix);
  put(148, `${checksumOf(block).toString(8).padStart(6, '0')}\0 `);
  return block;
}

function splitPath(path: string): { prefix: string; name: string } {
  if (path.length <= NAME) return { prefix: '', name: path };
  const slash = path.lastIndexOf('/', PREFIX);
  const name = path.slice(slash + 1);
  if (slash <= 0 || name.length > NAME) {
    throw new PaddockError('bundle_entry_path', `${printable(path)} has a part that is too long for the archive.`);
  }
  return { prefix: path.slice(0, slash), name };
}

/**
 * Reads a header that is not all zeros. The path is only decoded here: {@link PathSet} judges it.
 * @throws PaddockError `bundle_entry_header`, `bundle_entry_type` or `bundle_entry_mode`.
 */
export function decodeHeader(block: Uint8Array): TarHeader {
  if (numberAt(block, 148, 8) !== checksumOf(block))
    throw new PaddockError('bundle_entry_header', 'Its checksum does not hold.');
  // The type comes before the magic, so that GNU's own entry types are named as what they are.
  const type = block[156];
  if (type !== 0x30) {
    throw new PaddockError(
      'bundle_entry_type',
      `Type ${printable(String.fromCharCode(type ?? 0))}; only regular files (0) are taken.`,
    );
  }
  if (textAt(block, 257, 6) !== 'ustar' || block[263] !== 0x30 || block[264] !== 0x30) {
    throw new PaddockError('bundle_entry_header', 'It is not in the ustar format.');
  }
  const mode = numberAt(block, 100, 8) & 0o7777; // Above these bits some tars repeat the file's type.
  if (mode !== 0o644 && mode !== 0o755)
    throw new PaddockError('bundle_entry_mode', `0${mode.toString(8)}; 0644 and 0755 are taken.`);
  const prefix = textAt(block, 345, PREFIX);
  const name = textAt(block, 0, NAME);
  return { path: prefix === '' ? name : `${prefix}/${name}`, mode, size: numberAt(block, 124, 12) };
}

/** The sum of all bytes, with the checksum's own field taken as spaces. */
function checksumOf(block: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < BLOCK; index++) sum += index >= 148 && index < 156 ? 0x20 : (block[index] ?? 0);
  return sum;
}

/** Octal digits closed by NULs or spaces; never the base-256 form, which can say negative and enormous sizes. */
function numberAt(block: Uint8Array, at: number, width: number): number {
  const text = String.fromCharCode(...block.subarray(at, at + width));
  const digits = /^([0-7]{1,11})[\0 ]+$/.exec(text)?.[1];
  if (digits === undefined) throw new PaddockError('bundle_entry_header', 'A number in it is not octal.');
  return Number.parseInt(digits, 8);
}

/** Text up to the first NUL; bytes hidden behind that NUL are refused. Bytes above ASCII stay visible for BundlePath to refuse. */
function textAt(block: Uint8Array, at: number, width: number): string {
  const text = String.fromCharCode(...block.subarray(at, at + width));
  const end = text.indexOf('\0');
  if (end === -1) return text;
  if (/[^\0]/.test(text.slice(end)))
    throw new PaddockError('bundle_entry_header', 'A name in it goes on behind its end.');
  return text.slice(0, end);
}
