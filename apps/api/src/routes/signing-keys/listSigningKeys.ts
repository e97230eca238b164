import { pageOf, SigningKey } from '@paddock/contracts';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/signing-keys',
  operationId: 'listSigningKeys',
  tag: 'signing keys',
  summary: 'The signing keys of your organization',
  access: EVERY_ROLE,
  statuses: [200],
  response: pageOf(SigningKey),
  handle: async ({ principal, context }) => ({
    body: { items: await context.db.forTenant(principal.organization.id).listSigningKeys(), next: null },
  }),
});
