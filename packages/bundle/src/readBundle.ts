/**
 * Reads a bundle strictly, one file after the other, in flat memory. It writes nothing, repairs nothing and guesses
 * nothing: what is not just of the form that `packBundle` writes is refused, by code.
 */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { type BundleFile, PaddockError } from '@paddock/contracts';
import { gunzip } from './gunzip.js';
import { type BundleLimits, DEFAULT_BUNDLE_LIMITS } from './limits.js';
import { PathSet } from './paths.js';
import { BLOCK, decodeHeader, paddingOf } from './tar.js';

/** A stream of a .tgz's bytes, which is destroyed when reading ends, or the path of one. */
export type BundleSource = Readable | string;

export interface BundleEntry {
  readonly path: string;
  readonly mode: BundleFile['mode'];
  /** Bytes. */
  readonly size: number;
  /** To be read once, before the next entry is asked for; what is left of it is skipped. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Yields every file of a bundle, in its order. A file's checksums are known to hold only once the generator has ended, so
 * what a reader makes of the entries MUST be discarded when it throws.
 * @throws PaddockError with one of the `bundle_` codes. Errors of the stream itself pass as they are.
 */
export async function* readBundle(
  source: BundleSource,
  limits: BundleLimits = DEFAULT_BUNDLE_LIMITS,
): AsyncGenerator<BundleEntry, void, undefined> {
  const input = typeof source === 'string' ? createReadStream(source) : source;
  const tar = new TarBytes(gunzip(input, limits));
  const paths = new PathSet(limits.files);
  let budget = limits.unpackedBytes;
  let count = 0;
  try {
    for (let block = await tar.block(); !isZero(block); block = await tar.block()) {
      const { path, mode, size } = decodeHeader(block);
      paths.addFile(path);
      budget -= size;
      if (size > limits.fileBytes || budget < 0) throw new PaddockError('bundle_expands_too_far', path);
      count++;
      const content = tar.content(size);
      yield { path, mode, size, content };
      for await (const _ of content); // What the consumer left.
      if (!isZero(await tar.take(paddingOf(size))))
        throw new PaddockError('bundle_entry_header', 'Its padding is not empty.');
    }
    if (!isZero(await tar.block()))
      throw new PaddockError('bundle_entry_header', 'One empty block stands where two must.');
    if (!(await tar.restIsZero())) throw new PaddockError('bundle_trailing_data');
    if (count === 0) throw new PaddockError('bundle_empty');
  } finally {
    await tar.close();
  }
}

/** The unpacked bytes, taken in pieces of a wanted size. */
class TarBytes {
  readonly #chunks: AsyncGenerator<Buffer, void, undefined>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncGenerator<Buffer, void, undefined>) {
    this.#chunks = chunks;
  }

  block(): Promise<Buffer> {
    return this.take(BLOCK);
  }

  /** Exactly `length` bytes, which is at most one block. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.content(length)) parts.push(part);
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  /** Exactly `length` bytes, as they come. Each call's iterable goes on where an earlier reader of it stopped. */
  content(length: number): AsyncIterable<Buffer> {
    let left = length;
    const next = async (): Promise<IteratorResult<Buffer>> => {
      if (left === 0) return { done: true, value: undefined };
      if (this.#rest.length === 0 && !(await this.#fill())) throw new PaddockError('bundle_truncated');
      const value = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(value.length);
      left -= value.length;
      return { done: false, value };
    };
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  async restIsZero(): Promise<boolean> {
    do {
      if (!isZero(this.#rest)) return false;
      this.#rest = Buffer.alloc(0);
    } while (await this.#fill());
    return true;
  }

  async close(): Promise<void> {
    await this.#chunks.return();
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (!done) this.#rest = value;
    return !done;
  }
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
