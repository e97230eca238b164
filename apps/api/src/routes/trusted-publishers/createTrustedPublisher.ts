import { NewTrustedPublisher, TrustedPublisher } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/trusted-publishers',
  operationId: 'createTrustedPublisher',
  tag: 'trusted publishers',
  summary: 'Let an identity, such as a workflow of your CI, sign your versions by Sigstore',
  description: 'Issuer and identity are compared whole with what the certificate says, and never as patterns.',
  access: ADMINS,
  body: NewTrustedPublisher,
  statuses: [201],
  response: TrustedPublisher,
  handle: async ({ body, actor, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).createTrustedPublisher(actor, body),
  }),
});
