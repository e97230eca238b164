/** A file from the web, for as long as it is needed. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { CliError } from '../errors.js';

/** OSV's largest dump, of all ecosystems, is a good gigabyte. */
const MAX_BYTES = 4 * 1024 ** 3;

export const isUrl = (text: string): boolean => /^https?:\/\//i.test(text);

/**
 * Its path here, under the name that it has there; it is gone after `dispose`.
 * @throws CliError `file_unreadable` when it can't be had whole
 */
export async function download(url: string, maxBytes = MAX_BYTES): Promise<{ path: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-download-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, basename(new URL(url).pathname) || 'download');
    const response = await fetch(url);
    if (!response.ok || response.body === null) throw new Error(`the server answers ${response.status}`);
    let bytes = 0;
    await pipeline(
      Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    return { path, dispose };
  } catch (error) {
    await dispose();
    const { message, cause } = error as Error & { cause?: Error };
    throw new CliError('file_unreadable', `${url} can’t be fetched: ${cause?.message || message}`);
  }
}
