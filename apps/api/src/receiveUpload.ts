/**
 * Reads the multipart body of an upload: first the signature, small and checked before anything else is taken, then the
 * bundle, streamed. Neither is trusted: what the signature must say is the caller's business.
 */
import type { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { MAX_ENVELOPE_BYTES } from '@paddock/bundle';
import { PaddockError } from '@paddock/contracts';
import type { Request } from 'express';

export interface UploadHandlers<S, B> {
  /** Called with the signature's bytes; what it throws ends the upload before any byte of the bundle is stored. */
  onSignature: (envelope: Uint8Array<ArrayBuffer>) => Promise<S>;
  /** Called with the bundle's stream, which it reads to the end. */
  onBundle: (bundle: Readable, signature: S) => Promise<B>;
}

/**
 * @throws PaddockError `unsupported_media_type`, `malformed_body`, `signature_missing`, `bundle_empty` (there is none), or
 *   what the handlers throw
 */
export async function receiveUpload<S, B>(
  request: Request,
  { onSignature, onBundle }: UploadHandlers<S, B>,
): Promise<{ signature: S; bundle: B }> {
  const busboy = openMultipart(request);
  let signature: { value: S } | undefined;
  let bundle: { value: B } | undefined;
  const receive = async (name: string, file: BusboyFileStream) => {
    if (name === 'signature' && signature === undefined) {
      signature = { value: await onSignature(await readWhole(file)) };
    } else if (name === 'bundle' && bundle === undefined) {
      if (signature === undefined)
        throw new PaddockError('signature_missing', 'The part “signature” comes before the part “bundle”.');
      bundle = { value: await onBundle(file, signature.value) };
    } else {
      throw new PaddockError('malformed_body', 'The parts are one “signature” and one “bundle”, in this order.');
    }
  };

  try {
    await new Promise<void>((resolve, reject) => {
      // One part after the other: the next one's stream waits, unread, until this one is done.
      let parts = Promise.resolve();
      busboy.on('file', (name, file) => {
        parts = parts.then(() => receive(name, file));
        parts.catch(reject);
      });
      busboy.on('field', (name) =>
        reject(
          new PaddockError(
            'malformed_body',
            `The part ${JSON.stringify(name.slice(0, 40))} needs a file name: send files.`,
          ),
        ),
      );
      busboy.on('error', (cause) => reject(new PaddockError('malformed_body', undefined, { cause })));
      busboy.on('finish', () => parts.then(resolve, reject));
      request.on('aborted', () => reject(new PaddockError('malformed_body', 'The upload was broken off.')));
      request.pipe(busboy);
    });
  } catch (error) {
    request.unpipe(busboy);
    busboy.destroy();
    // The rest is read and thrown away, so that the caller, still sending, gets to see the answer.
    request.resume();
    throw error;
  }
  if (signature === undefined) throw new PaddockError('signature_missing');
  if (bundle === undefined) throw new PaddockError('bundle_empty', 'There is no part “bundle”.');
  return { signature: signature.value, bundle: bundle.value };
}

function openMultipart(request: Request): BusboyInstance {
  if (!request.is('multipart/form-data')) throw new PaddockError('unsupported_media_type', 'Send multipart/form-data.');
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 2, fields: 2, fieldSize: 1024, parts: 4 },
    });
  } catch (cause) {
    throw new PaddockError('malformed_body', undefined, { cause });
  }
}

async function readWhole(file: Readable): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ENVELOPE_BYTES)
      throw new PaddockError('signature_malformed', `It may take up to ${MAX_ENVELOPE_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
