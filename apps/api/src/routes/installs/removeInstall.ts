import { Id } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'delete',
  path: '/v1/installs/{id}',
  operationId: 'removeInstall',
  tag: 'installs',
  summary: 'Remove an install; its runs and its audit trail stay',
  access: ADMINS,
  params: z.object({ id: Id }),
  statuses: [204],
  response: null,
  handle: async ({ params, actor, principal, context }) => {
    await context.db.forTenant(principal.organization.id).removeInstall(actor, params.id);
    return { body: null };
  },
});
