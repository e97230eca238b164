import { Decision, Id, PaddockError, Version } from '@paddock/contracts';
import { z } from 'zod';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/publish',
  operationId: 'publishVersion',
  tag: 'versions',
  summary: 'Publish an accepted version, or, as an admin of another organization, approve one in review',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: Decision,
  statuses: [200],
  response: Version,
  errors: ['version_not_publishable', 'own_version'],
  handle: async ({ params, body, actor, principal, context: { db } }) => {
    const own = db.forTenant(principal.organization.id);
    if (await own.ownsVersion(params.id)) {
      const { state } = await own.getVersion(params.id);
      if (state === 'review') throw new PaddockError('own_version');
      return {
        body: await own.decideVersion(actor, params.id, { to: 'published', from: ['accepted'], reason: body.reason }),
      };
    }
    if (!principal.organization.platform) throw new PaddockError('not_found');
    return {
      body: await db.system.decideVersion(actor, params.id, {
        to: 'published',
        from: ['accepted', 'review'],
        reason: body.reason,
      }),
    };
  },
});
