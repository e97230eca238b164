import { keyIdOf } from '@paddock/bundle';
import { NewSigningKey, SigningKey } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/signing-keys',
  operationId: 'createSigningKey',
  tag: 'signing keys',
  summary: 'Register the public half of an Ed25519 key that will sign your versions',
  access: ADMINS,
  body: NewSigningKey,
  statuses: [201],
  response: SigningKey,
  errors: ['name_taken', 'signature_algorithm'],
  handle: async ({ body, actor, principal, context }) => {
    const keyId = await keyIdOf(body.publicKey);
    return { body: await context.db.forTenant(principal.organization.id).createSigningKey(actor, { ...body, keyId }) };
  },
});
