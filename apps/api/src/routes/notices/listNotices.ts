import { Notice, PageQuery, pageOf } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/notices',
  operationId: 'listNotices',
  tag: 'installs',
  summary: 'What became of versions that your organization has installed, newest first',
  access: EVERY_ROLE,
  query: PageQuery.extend({
    unread: z.stringbool().optional().describe('Only those that nobody has read, or those that somebody has'),
  }),
  statuses: [200],
  response: pageOf(Notice),
  handle: async ({ query, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).listNotices(query),
  }),
});
