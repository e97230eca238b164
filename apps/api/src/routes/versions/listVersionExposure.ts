import { ExposedInstall, Id, PageQuery, pageOf } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { visibleVersion } from '../../visibleVersion.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/exposure',
  operationId: 'listVersionExposure',
  tag: 'versions',
  summary:
    'What a version could reach, install by install: its runs, grants, secrets (by name), hosts and host services',
  description: 'Of your own organization’s installs; for a platform organization, of everybody’s.',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  query: PageQuery,
  statuses: [200],
  response: pageOf(ExposedInstall),
  handle: async ({ params, query, principal, context }) => {
    const { id } = await visibleVersion(context, principal, params.id);
    const { platform, id: organizationId } = principal.organization;
    const door = platform ? context.db.system : context.db.forTenant(organizationId);
    return { body: await door.listExposure(id, query) };
  },
});
