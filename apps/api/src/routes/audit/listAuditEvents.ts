import { AuditEvent, AuditEventName, Id, PaddockError, PageQuery, pageOf, Timestamp } from '@paddock/contracts';
import { z } from 'zod';
import { AUDITORS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/audit/events',
  operationId: 'listAuditEvents',
  tag: 'audit',
  summary: 'The audit trail: your organization’s, or for platform admins everybody’s',
  access: AUDITORS,
  query: PageQuery.extend({
    after: z
      .string()
      .regex(/^\d{1,18}$/, 'the `next` of the page before')
      .optional(),
    event: AuditEventName.optional(),
    organizationId: Id.optional().describe('For platform admins'),
    subjectId: z.string().max(100).optional(),
    actorId: z.string().max(100).optional(),
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    order: z
      .enum(['newest', 'sequence'])
      .default('newest')
      .describe('`sequence`: by place in the tree, only what has one'),
  }),
  statuses: [200],
  response: pageOf(AuditEvent),
  handle: async ({ query, principal, context: { db } }) => {
    const { organization } = principal;
    const filter = {
      ...query,
      from: query.from === undefined ? undefined : new Date(query.from),
      to: query.to === undefined ? undefined : new Date(query.to),
    };
    if (organization.platform) return { body: await db.system.listAuditEvents(filter) };
    if (query.organizationId !== undefined && query.organizationId !== organization.id)
      throw new PaddockError('not_allowed');
    return { body: await db.forTenant(organization.id).listAuditEvents(filter) };
  },
});
