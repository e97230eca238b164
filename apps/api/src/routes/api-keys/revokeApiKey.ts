import { ApiKey, Id } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'delete',
  path: '/v1/api-keys/{id}',
  operationId: 'revokeApiKey',
  tag: 'api keys',
  summary: 'Revoke an API key, at once and for good',
  access: ADMINS,
  params: z.object({ id: Id }),
  statuses: [200],
  response: ApiKey,
  handle: async ({ params, actor, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).revokeApiKey(actor, params.id),
  }),
});
