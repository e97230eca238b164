import { Id, PageQuery, pageOf, RUN_STATES, Run } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/runs',
  operationId: 'listRuns',
  tag: 'runs',
  summary: 'Your organization’s runs, newest first',
  access: EVERY_ROLE,
  query: PageQuery.extend({ installId: Id.optional(), state: z.enum(RUN_STATES).optional() }),
  statuses: [200],
  response: pageOf(Run),
  handle: async ({ query, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).listRuns(query),
  }),
});
