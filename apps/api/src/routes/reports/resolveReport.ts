import { AbuseReport, Id, ReportResolution } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/reports/{id}/resolve',
  operationId: 'resolveReport',
  tag: 'reports',
  summary: 'Close a report, saying what came of it',
  access: PLATFORM_ADMINS,
  params: z.object({ id: Id }),
  body: ReportResolution,
  statuses: [200],
  response: AbuseReport,
  errors: ['conflict'],
  handle: async ({ params, body, actor, context }) => ({
    body: await context.db.system.resolveReport(actor, params.id, body.resolution),
  }),
});
