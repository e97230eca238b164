import { Id, NewDeprecation, Version } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'put',
  path: '/v1/versions/{id}/deprecation',
  operationId: 'deprecateVersion',
  tag: 'versions',
  summary: 'Tell tenants not to begin with a version any more, and what to take in its place',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: NewDeprecation,
  statuses: [200],
  response: Version,
  errors: ['conflict'],
  handle: async ({ params, body, actor, principal, context }) => {
    const { by, door } = await deciderOf(context, principal, params.id);
    return { body: await door.deprecateVersion(actor, params.id, { by, said: body }) };
  },
});
