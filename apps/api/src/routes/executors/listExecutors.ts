import { Executor, pageOf } from '@paddock/contracts';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/executors',
  operationId: 'listExecutors',
  tag: 'executors',
  summary: 'The executors, with what their isolation probes found',
  access: PLATFORM_ADMINS,
  statuses: [200],
  response: pageOf(Executor),
  handle: async ({ context }) => ({ body: { items: await context.db.system.listExecutors(), next: null } }),
});
