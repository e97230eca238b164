import { Id, Run } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/runs/{id}',
  operationId: 'getRun',
  tag: 'runs',
  summary: 'A run: its state, result, usage and logs',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Run,
  handle: async ({ params, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).getRun(params.id),
  }),
});
