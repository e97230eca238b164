import { Id } from '@paddock/contracts';
import { z } from 'zod';
import { attachment } from '../../attachment.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/blobs/{id}/content',
  operationId: 'downloadBlob',
  tag: 'blobs',
  summary: 'A blob’s bytes',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: null,
  download: true,
  errors: ['artifact_missing'],
  handle: async ({ params, principal, context }) => {
    const { sha256, size } = await context.db.forTenant(principal.organization.id).getBlob(params.id);
    return attachment(await context.artifacts.open(sha256), size);
  },
});
