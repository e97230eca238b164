import { Id, Install } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/installs/{id}',
  operationId: 'getInstall',
  tag: 'installs',
  summary: 'An install: what it declares, what is granted, its tools',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Install,
  handle: async ({ params, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).getInstall(params.id),
  }),
});
