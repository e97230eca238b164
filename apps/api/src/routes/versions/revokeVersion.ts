import { Decision, Id, Version } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';
import { endRevokedVersion } from '../../endRevokedVersion.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/revoke',
  operationId: 'revokeVersion',
  tag: 'versions',
  summary: 'Revoke a published or yanked version, for good',
  description:
    'The kill switch: its sandboxes are killed on every executor, runs end as revoked, and there are no more. What it could reach stands in its exposure report.',
  access: PLATFORM_ADMINS,
  params: z.object({ id: Id }),
  body: Decision,
  statuses: [200],
  response: Version,
  errors: ['conflict'],
  handle: async ({ params: { id }, body: { reason }, actor, context }) => {
    const from = ['published', 'yanked'] as const;
    const version = await context.db.system.decideVersion(actor, id, { to: 'revoked', from, by: 'admin', reason });
    await endRevokedVersion(context, actor, id);
    return { body: version };
  },
});
