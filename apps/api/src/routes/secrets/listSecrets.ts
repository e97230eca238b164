import { Id, SecretList } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/installs/{id}/secrets',
  operationId: 'listSecrets',
  tag: 'secrets',
  summary: 'The names of an install’s secrets that have a value',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: SecretList,
  handle: async ({ params, principal, context }) => ({
    body: { items: await context.db.forTenant(principal.organization.id).listSecrets(params.id) },
  }),
});
