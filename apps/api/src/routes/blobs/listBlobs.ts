import { Blob, PageQuery, pageOf } from '@paddock/contracts';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/blobs',
  operationId: 'listBlobs',
  tag: 'blobs',
  summary: 'Your blobs, newest first',
  access: EVERY_ROLE,
  query: PageQuery,
  statuses: [200],
  response: pageOf(Blob),
  handle: async ({ query, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).listBlobs(query),
  }),
});
