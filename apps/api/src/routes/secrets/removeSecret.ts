import { Id, SecretName } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'delete',
  path: '/v1/installs/{id}/secrets/{name}',
  operationId: 'removeSecret',
  tag: 'secrets',
  summary: 'Remove the value of an install’s secret',
  access: ADMINS,
  params: z.object({ id: Id, name: SecretName }),
  statuses: [204],
  response: null,
  errors: ['not_found'],
  handle: async ({ params, actor, principal, context }) => {
    await context.db.forTenant(principal.organization.id).removeSecret(actor, params.id, params.name);
    return { body: null };
  },
});
