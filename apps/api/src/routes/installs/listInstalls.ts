import { Install, PageQuery, pageOf } from '@paddock/contracts';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/installs',
  operationId: 'listInstalls',
  tag: 'installs',
  summary: 'Your organization’s installs, newest first',
  access: EVERY_ROLE,
  query: PageQuery,
  statuses: [200],
  response: pageOf(Install),
  handle: async ({ query, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).listInstalls(query),
  }),
});
