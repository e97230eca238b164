/**
 * One gzip member (RFC 1952) and not a byte more, as a stream of what it holds. zlib's own gunzip would skip optional header
 * fields and read any number of members, so header and trailer are read here and only raw deflate is left to zlib.
 */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { PaddockError } from '@paddock/contracts';
import { type BundleLimits, RATIO_FREE_BYTES } from './limits.js';

const HEADER = 10;
const TRAILER = 8;

/**
 * Yields the unpacked bytes. Memory stays flat, whatever the input; the input is destroyed when the generator ends, however
 * it ends.
 * @throws PaddockError `bundle_empty`, `bundle_too_large`, `bundle_not_gzip`, `bundle_truncated`, `bundle_corrupt`,
 *   `bundle_trailing_data` or `bundle_expands_too_far`.
 */
export async function* gunzip(input: Readable, limits: BundleLimits): AsyncGenerator<Buffer, void, undefined> {
  const member = new Member(input, limits.compressedBytes);
  const deflated = Readable.from(member.deflated(), { objectMode: false });
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  deflated.on('error', (error) => inflate.destroy(error));
  deflated.pipe(inflate);
  let checksum = 0;
  let length = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limits.unpackedBytes) throw new PaddockError('bundle_expands_too_far');
      if (length > RATIO_FREE_BYTES && length > limits.ratio * member.read)
        throw new PaddockError('bundle_expands_too_far');
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
  } catch (error) {
    throw inflateError(error);
  } finally {
    deflated.destroy();
    inflate.destroy();
    input.destroy();
  }
  // Inflate stops where deflate says so. Unless that is where the trailer begins, something else stands in between.
  if (member.trailer === null || inflate.bytesWritten !== member.read - HEADER - TRAILER)
    throw new PaddockError('bundle_trailing_data');
  if (member.trailer.readUInt32LE(0) !== checksum || member.trailer.readUInt32LE(4) !== length)
    throw new PaddockError('bundle_corrupt');
}

function inflateError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof PaddockError || typeof code !== 'string' || !code.startsWith('Z_')) return error;
  return new PaddockError(code === 'Z_BUF_ERROR' ? 'bundle_truncated' : 'bundle_corrupt', undefined, { cause: error });
}

/** Splits the input into header, deflated bytes and trailer. The last eight bytes are held back until the input has ended. */
class Member {
  /** Bytes of the input so far. */
  read = 0;
  /** Known once the input has ended. */
  trailer: Buffer | null = null;

  constructor(
    readonly input: Readable,
    readonly maxBytes: number,
  ) {}

  async *deflated(): AsyncGenerator<Buffer> {
    let held: Buffer = Buffer.alloc(0);
    let headerRead = false;
    for await (const chunk of this.input as AsyncIterable<Buffer>) {
      this.read += chunk.length;
      if (this.read > this.maxBytes) throw new PaddockError('bundle_too_large');
      held = Buffer.concat([held, chunk]);
      if (!headerRead && held.length >= HEADER) {
        checkHeader(held);
        held = held.subarray(HEADER);
        headerRead = true;
      }
      if (headerRead && held.length > TRAILER) {
        yield held.subarray(0, held.length - TRAILER);
        held = held.subarray(held.length - TRAILER);
      }
    }
    if (this.read === 0) throw new PaddockError('bundle_empty');
    if (!headerRead) checkHeader(held);
    if (!headerRead || held.length < TRAILER) throw new PaddockError('bundle_truncated');
    this.trailer = Buffer.from(held);
  }
}

/** Magic, deflate, and no flag: we pack none, and an optional field would be one more thing to bound. */
const HEADER_START = Buffer.from([0x1f, 0x8b, 8, 0]);

/** Takes a header that was cut off for what it could have become: that it is short is for the caller to say. */
function checkHeader(bytes: Buffer): void {
  const known = Math.min(bytes.length, HEADER_START.length);
  if (!HEADER_START.subarray(0, known).equals(bytes.subarray(0, known))) throw new PaddockError('bundle_not_gzip');
}
