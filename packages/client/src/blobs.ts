/** Blobs as streams of bytes, which the typed client has no words for. */
import type { ClientOptions } from './client.js';
import { download, sound } from './download.js';
import type { components } from './schema.js';

export type BlobInfo = components['schemas']['Blob'];

/** Uploads a blob; a file's, as `openAsBlob` of Node has it, is streamed. @throws ApiError */
export async function uploadBlob({ url, apiKey }: ClientOptions, bytes: Blob): Promise<BlobInfo> {
  const response = await fetch(`${url.replace(/\/$/, '')}/v1/blobs`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/octet-stream' },
    body: bytes,
  });
  return (await (await sound(response)).json()) as BlobInfo;
}

/** A blob's bytes; they are whole only if the stream ends without an error. @throws ApiError */
export const downloadBlob = (options: ClientOptions, id: string): Promise<ReadableStream<Uint8Array>> =>
  download(options, `/v1/blobs/${encodeURIComponent(id)}/content`);
