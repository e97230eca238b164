import { PageQuery, pageOf, Version, VersionState } from '@paddock/contracts';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions',
  operationId: 'listVersions',
  tag: 'versions',
  summary: 'Your organization’s versions; for a platform organization, every publisher’s. Newest first',
  access: EVERY_ROLE,
  query: PageQuery.extend({ state: VersionState.optional() }),
  statuses: [200],
  response: pageOf(Version),
  handle: async ({ query, principal, context: { db } }) => ({
    body: await (principal.organization.platform ? db.system : db.forTenant(principal.organization.id)).listVersions(
      query,
    ),
  }),
});
