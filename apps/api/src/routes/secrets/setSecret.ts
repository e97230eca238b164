import { Id, PaddockError, SecretName, SecretText } from '@paddock/contracts';
import { sealSecret } from '@paddock/secrets';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

/** The value is sealed here and leaves this function in no other form. */
export default endpoint({
  method: 'put',
  path: '/v1/installs/{id}/secrets/{name}',
  operationId: 'setSecret',
  tag: 'secrets',
  summary: 'Give a secret of an install its value',
  description:
    'The install must grant the secret. Nobody can read the value again, except the plugin that asks for it.',
  access: ADMINS,
  params: z.object({ id: Id, name: SecretName }),
  body: SecretText,
  statuses: [204],
  response: null,
  errors: ['not_found', 'secret_not_granted', 'body_too_large', 'malformed_body', 'unsupported_media_type'],
  handle: async ({ params, body, actor, principal, context }) => {
    const { organization } = principal;
    const tenant = context.db.forTenant(organization.id);
    const { grants } = await tenant.getInstall(params.id);
    if (!grants.secrets?.includes(params.name)) throw new PaddockError('secret_not_granted');
    const place = { organizationId: organization.id, installId: params.id, name: params.name };
    await tenant.setSecret(actor, { ...place, ...sealSecret(context.secretKeys, place, body.value) });
    return { body: null };
  },
});
