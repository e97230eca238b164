import { Id } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, MEMBERS } from '../../endpoint.js';

export default endpoint({
  method: 'delete',
  path: '/v1/blobs/{id}',
  operationId: 'removeBlob',
  tag: 'blobs',
  summary: 'Remove a blob; a run that waits with it will not find it',
  access: MEMBERS,
  params: z.object({ id: Id }),
  statuses: [204],
  response: null,
  handle: async ({ params, actor, principal, context }) => {
    await context.db.forTenant(principal.organization.id).removeBlob(actor, params.id);
    return { body: null };
  },
});
