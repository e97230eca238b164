import { Approval, Id, PaddockError, Version } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/publish',
  operationId: 'publishVersion',
  tag: 'versions',
  summary: 'Publish an accepted version, or, as an admin of another organization, approve one in review',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: Approval,
  statuses: [200],
  response: Version,
  errors: ['approval_digest_mismatch', 'version_not_publishable', 'own_version'],
  handle: async ({ params, body, actor, principal, context }) => {
    const { by, door } = await deciderOf(context, principal, params.id);
    const { state } = await door.getVersion(params.id);
    if (by === 'publisher' && state === 'review') throw new PaddockError('own_version');
    const from = by === 'admin' ? (['accepted', 'review'] as const) : (['accepted'] as const);
    return { body: await door.decideVersion(actor, params.id, { to: 'published', from, by, ...body }) };
  },
});
