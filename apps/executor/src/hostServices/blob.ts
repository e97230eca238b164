/**
 * `host/blob`: gives a run the blobs that it was asked with, piece by piece, and takes those that it writes. What it writes
 * goes straight to the artifact store; it becomes the tenant's only when the run succeeds, by the settlement.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { ArtifactError, type ArtifactStore, type StoredArtifact } from '@paddock/artifacts';
import { HOST_LIMITS, PaddockError } from '@paddock/contracts';
import type { Database, WrittenBlob } from '@paddock/db';
import type { HostService, ServedRun } from './service.js';

interface Input {
  file: FileHandle;
  size: number;
}
interface Writing {
  name: string;
  contentType: string;
  stream: PassThrough;
  stored: Promise<StoredArtifact>;
}

type Methods = 'host/blob.read' | 'host/blob.create' | 'host/blob.write' | 'host/blob.finish';

export interface BlobService extends HostService<Methods> {
  /** What the run has finished writing. */
  written(): readonly WrittenBlob[];
}

export function blobService(
  { claim }: ServedRun,
  { db, artifacts }: { db: Database; artifacts: ArtifactStore },
): BlobService {
  const { organizationId, inputBlobs } = claim;
  const inputs = new Map<string, Promise<Input>>();
  const writing = new Map<string, Writing>();
  const names = new Set<string>();
  const written: WrittenBlob[] = [];

  const openInput = async (name: string): Promise<Input> => {
    const id = Object.hasOwn(inputBlobs, name) ? inputBlobs[name] : undefined;
    const found = id === undefined ? null : await db.system.findBlobBytes(organizationId, id);
    if (found === null) throw new PaddockError('blob_unknown', `It is ${name}.`);
    // Hashed once, before the first byte of it is given.
    const path = await artifacts.path(found.sha256).catch((cause: unknown) => {
      throw cause instanceof ArtifactError ? new PaddockError('artifact_corrupt', undefined, { cause }) : cause;
    });
    return { file: await open(path, 'r'), size: found.size };
  };
  const inputOf = (name: string): Promise<Input> => {
    const known = inputs.get(name) ?? openInput(name);
    inputs.set(name, known);
    known.catch(() => inputs.delete(name));
    return known;
  };
  const writingOf = (blobId: string): Writing => {
    const blob = writing.get(blobId);
    if (blob === undefined) throw new PaddockError('host_handle_unknown');
    return blob;
  };

  return {
    written: () => written,
    handlers: {
      'host/blob.read': async ({ name, offset, maxBytes }) => {
        const { file, size } = await inputOf(name);
        const wanted = Math.max(0, Math.min(maxBytes, size - offset));
        const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
        const data = buffer.subarray(0, bytesRead);
        return { dataBase64: data.toString('base64'), size, done: offset + bytesRead >= size };
      },
      'host/blob.create': async ({ name, contentType }) => {
        if (names.has(name)) throw new PaddockError('blob_name_taken');
        if (names.size >= HOST_LIMITS.blobOutputs)
          throw new PaddockError('host_limit_exceeded', `A run writes ${HOST_LIMITS.blobOutputs} blobs at most.`);
        names.add(name);
        if ((await db.system.sumBlobBytes(organizationId)) >= HOST_LIMITS.blobBytesOfOrganization)
          throw new PaddockError('blob_quota_exceeded');
        const stream = new PassThrough();
        stream.on('error', () => undefined); // `stored` tells.
        const stored = artifacts.put(stream, { maxBytes: HOST_LIMITS.blobBytes });
        stored.catch(() => undefined);
        const blobId = randomUUID();
        writing.set(blobId, { name, contentType, stream, stored });
        return { blobId };
      },
      'host/blob.write': async ({ blobId, dataBase64 }) => {
        const { stream, stored } = writingOf(blobId);
        if (stream.destroyed || stream.writableEnded) await failure(stored);
        const drained = stream.write(Buffer.from(dataBase64, 'base64')) || once(stream, 'drain').catch(() => undefined);
        await Promise.race([drained, failure(stored)]);
        return {};
      },
      'host/blob.finish': async ({ blobId }) => {
        const { name, contentType, stream, stored } = writingOf(blobId);
        writing.delete(blobId);
        stream.end();
        const { sha256, size } = await stored.catch(refuse);
        written.push({ name, contentType, sha256, size });
        return { sha256, bytes: size };
      },
    },
    close: async () => {
      for (const { stream } of writing.values()) stream.destroy();
      await Promise.allSettled([...writing.values()].map(({ stored }) => stored));
      const opened = await Promise.allSettled(inputs.values());
      for (const input of opened) if (input.status === 'fulfilled') await input.value.file.close();
    },
  };
}

/** Rejects when the store has refused the bytes. Storing can't succeed before the end. */
async function failure(stored: Promise<StoredArtifact>): Promise<never> {
  await stored.catch(refuse);
  throw new PaddockError('host_handle_unknown');
}

function refuse(cause: unknown): never {
  if (cause instanceof ArtifactError && cause.code === 'too_large') throw new PaddockError('blob_too_large');
  throw cause;
}
