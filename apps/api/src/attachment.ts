/** Strangers' bytes as an answer: a browser is told to keep them as a file, and to make nothing of them. */
import type { Readable } from 'node:stream';
import type { Reply } from './endpoint.js';

/** @param size of what the stream gives, in bytes */
export const attachment = (stream: Readable, size: number): Reply<null> => ({
  body: null,
  stream,
  headers: {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': 'attachment',
    'Content-Length': String(size),
  },
});
