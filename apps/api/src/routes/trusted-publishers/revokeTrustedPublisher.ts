import { Id, Revocation, RevokedTrustedPublisher } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';
import { endRevokedVersion } from '../../endRevokedVersion.js';

export default endpoint({
  method: 'post',
  path: '/v1/trusted-publishers/{id}/revoke',
  operationId: 'revokeTrustedPublisher',
  tag: 'trusted publishers',
  summary: 'Trust an identity no longer: since now, or since the time from which it can’t be trusted',
  description: 'What it signed goes the way of what a revoked key signed.',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: Revocation,
  statuses: [200],
  response: RevokedTrustedPublisher,
  handle: async ({ params, body, actor, principal, context }) => {
    const revoked = await context.db
      .forTenant(principal.organization.id)
      .revokeTrustedPublisher(actor, params.id, body);
    await Promise.all(revoked.withdrawnVersions.map((id) => endRevokedVersion(context, actor, id)));
    return { body: revoked };
  },
});
