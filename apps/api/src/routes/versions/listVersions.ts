import { KeyId, PageQuery, PluginReference, pageOf, Version, VersionState } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions',
  operationId: 'listVersions',
  tag: 'versions',
  summary: 'Your organization’s versions, or those of a plugin; for a platform organization, every publisher’s',
  access: EVERY_ROLE,
  query: PageQuery.extend({
    state: VersionState.optional(),
    plugin: PluginReference.optional().describe(
      'Of this plugin, or just this version of it, whoever’s, as far as you may see it',
    ),
    countersignedBy: KeyId.optional().describe('Those whose countersignature is by this key of the registry’s'),
    order: z.enum(['newest', 'oldest']).default('newest').describe('By their upload'),
  }),
  statuses: [200],
  response: pageOf(Version),
  handle: async ({ query, principal, context: { db } }) => ({
    body: await (principal.organization.platform ? db.system : db.forTenant(principal.organization.id)).listVersions(
      query,
    ),
  }),
});
