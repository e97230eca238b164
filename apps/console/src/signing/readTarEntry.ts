/**
 * Reads one file out of a publisher's own .tgz, to show it before the upload. It judges nothing: whether a bundle is sound
 * is for the verifier to say.
 */
import { DEFAULT_BUNDLE_LIMITS, MAX_MANIFEST_BYTES } from '@paddock/bundle';
import { PaddockError } from '@paddock/contracts';

const BLOCK = 512;

/** @throws PaddockError `bundle_not_gzip`, `bundle_expands_too_far` or `manifest_invalid` (it is too large) */
export async function readTarEntry(tgz: Blob, wanted: string): Promise<Uint8Array | undefined> {
  const tar = await gunzip(tgz);
  const text = (at: number, length: number) =>
    new TextDecoder().decode(tar.subarray(at, at + length)).split('\0', 1)[0] ?? '';
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12).trim(), 8) || 0;
    const prefix = text(at + 345, 155);
    if ((prefix === '' ? '' : `${prefix}/`) + text(at, 100) === wanted) {
      if (size > MAX_MANIFEST_BYTES)
        throw new PaddockError('manifest_invalid', `It may take ${MAX_MANIFEST_BYTES} bytes.`);
      return tar.slice(at + BLOCK, at + BLOCK + size);
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

async function gunzip(tgz: Blob): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = tgz.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > DEFAULT_BUNDLE_LIMITS.unpackedBytes) throw new PaddockError('bundle_expands_too_far');
      chunks.push(value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    throw cause instanceof PaddockError ? cause : new PaddockError('bundle_not_gzip', undefined, { cause });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
