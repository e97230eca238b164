import { OrganizationSlug, PluginDetails, PluginName } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/plugins/{publisher}/{name}',
  operationId: 'getPlugin',
  tag: 'plugins',
  summary: 'A plugin’s published versions and the newest one’s manifest',
  access: EVERY_ROLE,
  params: z.object({ publisher: OrganizationSlug, name: PluginName }),
  statuses: [200],
  response: PluginDetails,
  handle: async ({ params, principal, context }) => {
    const { plugin, manifest, versions } = await context.db
      .forTenant(principal.organization.id)
      .getPlugin(`${params.publisher}/${params.name}`);
    return { body: { plugin, manifest, versions } };
  },
});
