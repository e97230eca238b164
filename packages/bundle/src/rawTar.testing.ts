/** Builds archives for tests, hostile ones above all: it writes whatever a header is told to hold. Exported from nowhere. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

export interface RawEntry {
  name: string;
  data?: Buffer | string;
  prefix?: string;
  /** Written as it stands, without its closing NUL. */
  mode?: string;
  size?: string | Buffer;
  type?: string;
  linkname?: string;
  magic?: string;
  /** Instead of the sum that is right. */
  checksum?: string;
  /** Bytes behind the content, instead of the zeros that fill its last block. */
  padding?: Buffer;
}

export function rawHeader(entry: RawEntry): Buffer {
  const block = Buffer.alloc(512);
  const data = Buffer.from(entry.data ?? '');
  block.write(entry.name, 0, 100, 'utf8');
  block.write(entry.mode ?? '0000644', 100, 'latin1');
  block.write('0000000', 108);
  block.write('0000000', 116);
  if (Buffer.isBuffer(entry.size)) entry.size.copy(block, 124);
  else block.write(entry.size ?? data.length.toString(8).padStart(11, '0'), 124, 'latin1');
  block.write('00000000000', 136);
  block.fill(' ', 148, 156);
  block.write(entry.type ?? '0', 156, 'latin1');
  block.write(entry.linkname ?? '', 157, 'latin1');
  block.write(entry.magic ?? 'ustar\x0000', 257, 'latin1');
  block.write(entry.prefix ?? '', 345, 155, 'utf8');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

export function rawEntry(entry: RawEntry): Buffer {
  const data = Buffer.from(entry.data ?? '');
  const padding = entry.padding ?? Buffer.alloc((512 - (data.length % 512)) % 512);
  return Buffer.concat([rawHeader(entry), data, padding]);
}

/** A tar of these entries, with the two empty blocks that end one. */
export const rawTar = (entries: readonly RawEntry[], end: Buffer = Buffer.alloc(1024)): Buffer =>
  Buffer.concat([...entries.map(rawEntry), end]);

export const rawTgz = (entries: readonly RawEntry[], end?: Buffer): Buffer => gzipSync(rawTar(entries, end));

/** The bytes as a stream, in pieces of at most `size` bytes. */
export function streamOf(bytes: Uint8Array, size = 16 * 1024): Readable {
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  };
  return Readable.from(pieces(), { objectMode: false });
}

/** The code that a promise fails with; `none` when it does not fail, and the error itself when it has no code of ours. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof Error && error.name === 'PaddockError' && 'code' in error ? error.code : error;
  }
}
