/** Packs files into a bundle, in browsers and in Node. It reads no file system and signs nothing. */
import { type BundleFile, PaddockError } from '@paddock/contracts';
import { crc32, ownedBytes, sha256Hex } from './bytes.js';
import { DEFAULT_BUNDLE_LIMITS } from './limits.js';
import { PathSet } from './paths.js';
import { BLOCK, encodeHeader, paddingOf } from './tar.js';

export interface PackInput {
  readonly path: string;
  /** 0644 (the default) or 0755. */
  readonly mode?: number | undefined;
  readonly data: Uint8Array;
}

export interface PackedBundle {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Sorted by path, by code unit: what a publish statement lists. */
  readonly files: BundleFile[];
  /** Of `bytes`. */
  readonly sha256: string;
}

/**
 * Packs deterministically: sorted by path, no times, no owners, a fixed gzip header. The same input gives the same bytes
 * wherever the deflate implementation is the same; between browsers and Node it may differ, so a digest is taken of the
 * bytes and never recomputed by packing again.
 *
 * @throws PaddockError `bundle_empty`, `bundle_entry_path`, `bundle_entry_mode`, `bundle_entry_duplicate`,
 *   `bundle_too_many_files`, `bundle_expands_too_far` or `bundle_too_large`: just what a reader would refuse.
 */
export async function packBundle(files: readonly PackInput[]): Promise<PackedBundle> {
  if (files.length === 0) throw new PaddockError('bundle_empty');
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const tar = writeTar(sorted);
  const bytes = await gzip(tar);
  if (bytes.length > DEFAULT_BUNDLE_LIMITS.compressedBytes) throw new PaddockError('bundle_too_large');
  const listed = sorted.map(async ({ path, mode, data }) => ({
    path,
    mode: checkedMode(mode),
    size: data.length,
    sha256: await sha256Hex(ownedBytes(data)),
  }));
  return { bytes, files: await Promise.all(listed), sha256: await sha256Hex(bytes) };
}

function checkedMode(mode: number | undefined): 0o644 | 0o755 {
  if (mode === undefined || mode === 0o644) return 0o644;
  if (mode === 0o755) return 0o755;
  throw new PaddockError('bundle_entry_mode', `0${mode.toString(8)}; 0644 and 0755 are taken.`);
}

function writeTar(files: readonly PackInput[]): Uint8Array<ArrayBuffer> {
  const limits = DEFAULT_BUNDLE_LIMITS;
  const length = files.reduce((sum, { data }) => sum + BLOCK + data.length + paddingOf(data.length), 2 * BLOCK);
  if (length > limits.unpackedBytes) throw new PaddockError('bundle_expands_too_far');
  const paths = new PathSet(limits.files);
  const tar = new Uint8Array(length);
  let at = 0;
  for (const { path, mode, data } of files) {
    paths.addFile(path);
    if (data.length > limits.fileBytes) throw new PaddockError('bundle_expands_too_far', path);
    tar.set(encodeHeader({ path, mode: checkedMode(mode), size: data.length }), at);
    tar.set(data, at + BLOCK);
    at += BLOCK + data.length + paddingOf(data.length);
  }
  return tar;
}

/** RFC 1952, one member. CompressionStream's own gzip writes the platform into its header, so header and trailer are ours. */
async function gzip(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const deflated = new Uint8Array(
    await new Response(new Blob([data]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer(),
  );
  const bytes = new Uint8Array(10 + deflated.length + 8);
  bytes.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]); // deflate, no flags, no time, OS unknown
  bytes.set(deflated, 10);
  const trailer = new DataView(bytes.buffer, 10 + deflated.length);
  trailer.setUint32(0, crc32(data), true);
  trailer.setUint32(4, data.length, true);
  return bytes;
}
