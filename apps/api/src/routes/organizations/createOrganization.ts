import { CreatedOrganization, NewOrganization } from '@paddock/contracts';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/organizations',
  operationId: 'createOrganization',
  tag: 'organizations',
  summary: 'Create an organization with its first owner’s API key',
  access: PLATFORM_ADMINS,
  body: NewOrganization,
  statuses: [201],
  response: CreatedOrganization,
  errors: ['name_taken'],
  handle: async ({ body, actor, context }) => ({
    body: await context.db.system.createOrganization(actor, { ...body, platform: false }),
  }),
});
