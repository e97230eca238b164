import { KeyId, Revocation, RevokedSigningKey } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';
import { endRevokedVersion } from '../../endRevokedVersion.js';

export default endpoint({
  method: 'post',
  path: '/v1/signing-keys/{keyId}/revoke',
  operationId: 'revokeSigningKey',
  tag: 'signing keys',
  summary: 'Revoke a signing key, for good: since now, or since the time from which it can’t be trusted',
  description:
    'It signs no further version. Versions that the registry first saw before that time stay valid; those that it saw later, ' +
    'and that have too few other signatures, are withdrawn with the key. A second call can only move the time further back.',
  access: ADMINS,
  params: z.object({ keyId: KeyId }),
  body: Revocation,
  statuses: [200],
  response: RevokedSigningKey,
  handle: async ({ params, body, actor, principal, context }) => {
    const revoked = await context.db.forTenant(principal.organization.id).revokeSigningKey(actor, params.keyId, body);
    await Promise.all(revoked.withdrawnVersions.map((id) => endRevokedVersion(context, actor, id)));
    return { body: revoked };
  },
});
