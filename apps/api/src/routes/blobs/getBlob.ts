import { Blob, Id } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/blobs/{id}',
  operationId: 'getBlob',
  tag: 'blobs',
  summary: 'A blob: its digest, size and origin',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Blob,
  handle: async ({ params, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).getBlob(params.id),
  }),
});
