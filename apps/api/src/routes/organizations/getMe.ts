import { Me } from '@paddock/contracts';
import { EVERY_ROLE, endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/me',
  operationId: 'getMe',
  tag: 'organizations',
  summary: 'Whose key this is',
  access: EVERY_ROLE,
  statuses: [200],
  response: Me,
  handle: async ({ principal: { organization, apiKey } }) => ({
    body: {
      organization,
      apiKey,
      platformAdmin: organization.platform && PLATFORM_ADMINS.roles.some((role) => role === apiKey.role),
    },
  }),
});
