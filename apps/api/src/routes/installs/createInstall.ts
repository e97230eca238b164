import { Install, NewInstall } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/installs',
  operationId: 'createInstall',
  tag: 'installs',
  summary: 'Install a plugin and grant it a part of what it declares',
  access: ADMINS,
  body: NewInstall,
  statuses: [201],
  response: Install,
  errors: ['not_found', 'grant_not_declared'],
  handle: async ({ body, actor, principal, context }) => {
    const install = await context.db.forTenant(principal.organization.id).createInstall(actor, body);
    return { body: install, headers: { Location: `/v1/installs/${install.id}` } };
  },
});
