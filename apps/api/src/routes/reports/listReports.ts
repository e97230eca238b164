import { AbuseReport, PageQuery, pageOf } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/reports',
  operationId: 'listReports',
  tag: 'reports',
  summary: 'Your organization’s reports, oldest first; for a platform organization, everybody’s',
  access: EVERY_ROLE,
  query: PageQuery.extend({ open: z.stringbool().optional().describe('Only those that are open, or that are not') }),
  statuses: [200],
  response: pageOf(AbuseReport),
  handle: async ({ query, principal, context: { db } }) => ({
    body: await (principal.organization.platform ? db.system : db.forTenant(principal.organization.id)).listReports(
      query,
    ),
  }),
});
