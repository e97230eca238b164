import { Decision, Id, PaddockError, Version } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/reject',
  operationId: 'rejectVersion',
  tag: 'versions',
  summary: 'Reject a version that is in review or accepted',
  access: PLATFORM_ADMINS,
  params: z.object({ id: Id }),
  body: Decision.required({ reason: true }),
  statuses: [200],
  response: Version,
  errors: ['version_not_publishable', 'own_version'],
  handle: async ({ params, body, actor, principal, context: { db } }) => {
    if (await db.forTenant(principal.organization.id).ownsVersion(params.id)) throw new PaddockError('own_version');
    return {
      body: await db.system.decideVersion(actor, params.id, {
        to: 'rejected',
        from: ['accepted', 'review'],
        reason: body.reason,
      }),
    };
  },
});
