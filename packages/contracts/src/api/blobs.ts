import { z } from 'zod';
import { BlobName, ContentType, HOST_LIMITS } from '../hostServices.js';
import { Sha256 } from '../names.js';
import { Id, Timestamp } from './organizations.js';

export const Blob = z
  .strictObject({
    id: Id,
    sha256: Sha256,
    size: z.int().describe('In bytes'),
    contentType: z.string(),
    runId: Id.nullable().describe('The run that wrote it; null for an upload'),
    name: z.string().nullable().describe('The name that its run gave it'),
    createdAt: Timestamp,
  })
  .meta({ id: 'Blob' });
export type Blob = z.infer<typeof Blob>;

export const UploadQuery = z.strictObject({
  contentType: ContentType.default('application/octet-stream').describe('What the blob is; a note that nobody acts on'),
});

/** The blobs that a run is given: under which name, which one. */
export const InputBlobs = z
  .record(BlobName, Id)
  .refine((blobs) => Object.keys(blobs).length <= HOST_LIMITS.blobInputs, `${HOST_LIMITS.blobInputs} blobs at most`);
export type InputBlobs = z.infer<typeof InputBlobs>;
