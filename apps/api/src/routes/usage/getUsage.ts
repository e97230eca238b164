import { InstallUsage, Timestamp } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

const DAYS_30 = 30 * 24 * 3600 * 1000;

export default endpoint({
  method: 'get',
  path: '/v1/usage',
  operationId: 'getUsage',
  tag: 'usage',
  summary: 'What your organization’s runs consumed, by install; the last 30 days unless asked otherwise',
  access: EVERY_ROLE,
  query: z.strictObject({ from: Timestamp.optional(), to: Timestamp.optional() }),
  statuses: [200],
  response: z.strictObject({ from: Timestamp, to: Timestamp, items: z.array(InstallUsage) }),
  handle: async ({ query, principal, context }) => {
    const to = query.to === undefined ? new Date() : new Date(query.to);
    const from = query.from === undefined ? new Date(to.getTime() - DAYS_30) : new Date(query.from);
    const items = await context.db.forTenant(principal.organization.id).summariseUsage({ from, to });
    return { body: { from: from.toISOString(), to: to.toISOString(), items } };
  },
});
