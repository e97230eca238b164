import { AbuseReport, Id, NewAbuseReport } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, MEMBERS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/reports',
  operationId: 'reportVersion',
  tag: 'reports',
  summary: 'Report a published version to the admins. Its publisher does not learn of it',
  access: MEMBERS,
  params: z.object({ id: Id }),
  body: NewAbuseReport,
  statuses: [201],
  response: AbuseReport,
  errors: ['rate_limited'],
  handle: async ({ params, body, actor, principal, context }) => {
    const tenant = context.db.forTenant(principal.organization.id);
    const { id: versionId } = await tenant.getVersion(params.id);
    return { body: await tenant.createReport(actor, { versionId, ...body }) };
  },
});
