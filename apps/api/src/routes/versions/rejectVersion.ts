import { Decision, Id, PaddockError, Version } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/reject',
  operationId: 'rejectVersion',
  tag: 'versions',
  summary: 'Reject a version that is in review or accepted',
  access: PLATFORM_ADMINS,
  params: z.object({ id: Id }),
  body: Decision,
  statuses: [200],
  response: Version,
  errors: ['version_not_publishable', 'own_version'],
  handle: async ({ params, body, actor, principal, context }) => {
    const { by, door } = await deciderOf(context, principal, params.id);
    if (by === 'publisher') throw new PaddockError('own_version');
    const from = ['accepted', 'review'] as const;
    return { body: await door.decideVersion(actor, params.id, { to: 'rejected', from, by, ...body }) };
  },
});
