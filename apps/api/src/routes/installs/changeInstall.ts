import { Id, Install, InstallChange } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'patch',
  path: '/v1/installs/{id}',
  operationId: 'changeInstall',
  tag: 'installs',
  summary: 'Change an install’s version, if that asks for no more than is granted, or how it is upgraded',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: InstallChange,
  statuses: [200],
  response: Install,
  errors: ['not_found', 'version_asks_more', 'conflict'],
  handle: async ({ params, body, actor, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).changeInstall(actor, params.id, body),
  }),
});
