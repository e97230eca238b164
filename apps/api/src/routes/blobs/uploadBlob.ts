import { ArtifactError } from '@paddock/artifacts';
import { Blob, HOST_LIMITS, PaddockError, UploadQuery } from '@paddock/contracts';
import { endpoint, MEMBERS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/blobs',
  operationId: 'uploadBlob',
  tag: 'blobs',
  summary: 'Upload a blob, to be given to runs',
  access: MEMBERS,
  query: UploadQuery,
  binary: true,
  statuses: [201],
  response: Blob,
  errors: ['unsupported_media_type', 'malformed_body', 'blob_too_large', 'blob_quota_exceeded'],
  handle: async ({ query, request, actor, principal, signal, context }) => {
    if (!request.is('application/octet-stream'))
      throw new PaddockError('unsupported_media_type', 'Send application/octet-stream.');
    if (Number(request.get('Content-Length') ?? 0) > HOST_LIMITS.blobBytes) throw new PaddockError('blob_too_large');
    const stored = await context.artifacts
      .put(request, { maxBytes: HOST_LIMITS.blobBytes, signal })
      .catch((cause: unknown) => {
        if (cause instanceof ArtifactError && cause.code === 'too_large') throw new PaddockError('blob_too_large');
        if (!request.complete) throw new PaddockError('malformed_body', 'The upload was broken off.', { cause });
        throw cause;
      });
    const blob = await context.db.forTenant(principal.organization.id).createBlob(actor, { ...stored, ...query });
    return { body: blob, headers: { Location: `/v1/blobs/${blob.id}` } };
  },
});
