/** What a bundle holds: its files by digest, and its manifest's bytes. It judges neither. */
import { createHash } from 'node:crypto';
import { type BundleFile, MANIFEST_PATH, PaddockError } from '@paddock/contracts';
import { type BundleLimits, MAX_MANIFEST_BYTES } from './limits.js';
import { type BundleEntry, type BundleSource, readBundle } from './readBundle.js';

export interface InspectedBundle {
  /** Sorted by path, by code unit. */
  readonly files: BundleFile[];
  readonly manifestBytes: Uint8Array;
}

/** @throws PaddockError with one of the `bundle_` codes; `manifest_missing`; `manifest_invalid` when plugin.json is too large. */
export async function inspectBundle(source: BundleSource, limits?: BundleLimits): Promise<InspectedBundle> {
  const files: BundleFile[] = [];
  let manifestBytes: Uint8Array | null = null;
  for await (const entry of readBundle(source, limits)) {
    const isManifest = entry.path === MANIFEST_PATH;
    if (isManifest && entry.size > MAX_MANIFEST_BYTES)
      throw new PaddockError('manifest_invalid', `It may take ${MAX_MANIFEST_BYTES} bytes.`);
    const { file, data } = await readEntry(entry, isManifest ? entry.size : 0);
    files.push(file);
    if (isManifest) manifestBytes = data;
  }
  if (manifestBytes === null) throw new PaddockError('manifest_missing');
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, manifestBytes };
}

/** Reads one entry to its end: what it is, and the first `keepBytes` bytes of it. */
export async function readEntry(
  entry: BundleEntry,
  keepBytes: number,
): Promise<{ file: BundleFile; data: Uint8Array }> {
  const hash = createHash('sha256');
  const data = new Uint8Array(Math.min(keepBytes, entry.size));
  let at = 0;
  for await (const chunk of entry.content) {
    hash.update(chunk);
    data.set(chunk.subarray(0, data.length - at), at);
    at = Math.min(at + chunk.length, data.length);
  }
  const { path, mode, size } = entry;
  return { file: { path, mode, size, sha256: hash.digest('hex') }, data };
}
