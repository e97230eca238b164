import { ApiKeyWithSecret, NewApiKey, PaddockError } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/api-keys',
  operationId: 'createApiKey',
  tag: 'api keys',
  summary: 'Make an API key of your organization; its secret is shown this once',
  access: ADMINS,
  body: NewApiKey,
  statuses: [201],
  response: ApiKeyWithSecret,
  handle: async ({ body, actor, principal, context }) => {
    // Nobody gives more than they have.
    if (body.role === 'owner' && principal.apiKey.role !== 'owner')
      throw new PaddockError('not_allowed', 'Only an owner can make an owner’s key.');
    return { body: await context.db.forTenant(principal.organization.id).createApiKey(actor, body) };
  },
});
