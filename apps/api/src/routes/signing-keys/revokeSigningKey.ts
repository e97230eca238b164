import { KeyId, SigningKey } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'delete',
  path: '/v1/signing-keys/{keyId}',
  operationId: 'revokeSigningKey',
  tag: 'signing keys',
  summary: 'Revoke a signing key: it signs no further version',
  access: ADMINS,
  params: z.object({ keyId: KeyId }),
  statuses: [200],
  response: SigningKey,
  handle: async ({ params, actor, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).revokeSigningKey(actor, params.keyId),
  }),
});
