import { pageOf, TrustedPublisher } from '@paddock/contracts';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/trusted-publishers',
  operationId: 'listTrustedPublishers',
  tag: 'trusted publishers',
  summary: 'The identities that may sign your versions by Sigstore',
  access: EVERY_ROLE,
  statuses: [200],
  response: pageOf(TrustedPublisher),
  handle: async ({ principal, context }) => ({
    body: { items: await context.db.forTenant(principal.organization.id).listTrustedPublishers(), next: null },
  }),
});
