/**
 * Reads the multipart body of an upload: first the signature, small and checked before anything else is taken, then the
 * provenance, if there is one, and last the bundle, streamed. None is trusted: what they must say is the caller's business.
 */
import { PassThrough, type Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { MAX_ENVELOPE_BYTES, MAX_PROVENANCE_BYTES } from '@paddock/bundle';
import { type ErrorCode, PaddockError } from '@paddock/contracts';
import type { Request } from 'express';

const ORDER = ['signature', 'provenance', 'bundle'];
const PARTS = 'The parts are one “signature”, a “provenance” if there is one, and one “bundle”, in this order.';

export interface UploadHandlers<S, P, B> {
  /** For the whole body, from now on; in milliseconds. */
  timeoutMs: number;
  /** Called with the signature's bytes; what it throws ends the upload before any byte of the bundle is stored. */
  onSignature: (envelope: Uint8Array<ArrayBuffer>) => Promise<S>;
  /** Called with the provenance's bytes, if there is one, before any of the bundle. */
  onProvenance: (envelope: Uint8Array<ArrayBuffer>, signature: S) => Promise<P>;
  /** Called with the bundle's stream, which it reads to the end; the end comes only when the rest of the body is sound too. */
  onBundle: (bundle: Readable, signature: S) => Promise<B>;
}

/**
 * @throws PaddockError `unsupported_media_type`, `malformed_body`, `upload_too_slow`, `signature_missing`, `bundle_empty`
 *   (there is none), `signature_malformed` or `provenance_malformed` (too long), or what the handlers throw
 */
export async function receiveUpload<S, P, B>(
  request: Request,
  { timeoutMs, onSignature, onProvenance, onBundle }: UploadHandlers<S, P, B>,
): Promise<{ signature: S; provenance: P | null; bundle: B }> {
  const busboy = openMultipart(request);
  const streams: Readable[] = [];
  const seen: string[] = [];
  let parts: Promise<unknown> = Promise.resolve();
  let late: NodeJS.Timeout | undefined;
  const whole = new Promise<void>((resolve, reject) => {
    const refuse = (detail?: string, cause?: unknown) => reject(new PaddockError('malformed_body', detail, { cause }));
    busboy.on('file', (name, file) => {
      // A body that ends inside a part makes the part's stream fail, perhaps before its turn to be read has come.
      file.on('error', (cause) => refuse(undefined, cause));
      streams.push(file);
      // Told at once: a part that comes after the bundle would be waited for by it, whose end waits for the whole body.
      const fault = faultOfOrder(name, seen);
      if (fault !== null) reject(fault);
      seen.push(name);
      // One part after the other: the next one's stream waits, unread, until this one is done.
      parts = parts.then(() => (fault === null ? receive(name, file) : Promise.reject(fault)));
      parts.catch(reject);
    });
    busboy.on('field', (name) =>
      refuse(`The part ${JSON.stringify(name.slice(0, 40))} needs a file name: send files.`),
    );
    for (const event of ['filesLimit', 'partsLimit'] as const) busboy.on(event, () => refuse(PARTS));
    busboy.on('error', (cause) => refuse(undefined, cause));
    busboy.on('finish', resolve);
    request.on('aborted', () => refuse('The upload was broken off.'));
    late = setTimeout(() => reject(new PaddockError('upload_too_slow')), timeoutMs);
  });

  let signature: { value: S } | undefined;
  let provenance: P | null = null;
  let bundle: { value: B } | undefined;
  const receive = async (name: string, file: BusboyFileStream) => {
    if (signature === undefined) {
      signature = { value: await onSignature(await readWhole(file, MAX_ENVELOPE_BYTES, 'signature_malformed')) };
    } else if (name === 'provenance') {
      const envelope = await readWhole(file, MAX_PROVENANCE_BYTES, 'provenance_malformed');
      provenance = await onProvenance(envelope, signature.value);
    } else {
      const held = heldBack(file, whole);
      streams.push(held);
      bundle = { value: await onBundle(held, signature.value) };
    }
  };

  try {
    request.pipe(busboy);
    await whole;
    await parts;
  } catch (error) {
    request.unpipe(busboy);
    busboy.destroy();
    // Whoever reads a part is to stop, and is waited for, so that nothing of a refused upload stays.
    for (const stream of streams) stream.destroy();
    await parts.catch(() => undefined);
    // The rest is read and thrown away, so that the caller, still sending, gets to see the answer.
    request.resume();
    throw error;
  } finally {
    clearTimeout(late);
  }
  if (signature === undefined) throw new PaddockError('signature_missing');
  if (bundle === undefined) throw new PaddockError('bundle_empty', 'There is no part “bundle”.');
  return { signature: signature.value, provenance, bundle: bundle.value };
}

/** Each part stands once, in its order, and the signature first. */
function faultOfOrder(name: string, seen: readonly string[]): PaddockError | null {
  const place = ORDER.indexOf(name);
  if (place === -1 || place <= ORDER.indexOf(seen.at(-1) ?? '')) return new PaddockError('malformed_body', PARTS);
  if (place > 0 && seen.length === 0)
    return new PaddockError('signature_missing', 'The part “signature” comes before the others.');
  return null;
}

/** The same bytes, whose end comes once the whole body has been read and found well-formed: until then, nothing counts. */
function heldBack(file: Readable, whole: Promise<void>): Readable {
  const held = new PassThrough();
  held.on('error', () => undefined); // It may come before its reader does, who then finds the stream destroyed.
  file.pipe(held, { end: false });
  whole.then(
    () => held.end(),
    (error: Error) => held.destroy(error),
  );
  return held;
}

function openMultipart(request: Request): BusboyInstance {
  if (!request.is('multipart/form-data')) throw new PaddockError('unsupported_media_type', 'Send multipart/form-data.');
  try {
    return new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 3, fields: 2, fieldSize: 1024, parts: 5 },
    });
  } catch (cause) {
    throw new PaddockError('malformed_body', undefined, { cause });
  }
}

async function readWhole(file: Readable, maxBytes: number, tooLong: ErrorCode): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new PaddockError(tooLong, `It may take up to ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
