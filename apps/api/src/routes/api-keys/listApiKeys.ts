import { ApiKey, pageOf } from '@paddock/contracts';
import { AUDITORS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/api-keys',
  operationId: 'listApiKeys',
  tag: 'api keys',
  summary: 'The API keys of your organization, without their secrets',
  access: AUDITORS,
  statuses: [200],
  response: pageOf(ApiKey),
  handle: async ({ principal, context }) => ({
    body: { items: await context.db.forTenant(principal.organization.id).listApiKeys(), next: null },
  }),
});
