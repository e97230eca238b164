import { Id, Version } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'delete',
  path: '/v1/versions/{id}/deprecation',
  operationId: 'undeprecateVersion',
  tag: 'versions',
  summary: 'Take a deprecation back',
  access: ADMINS,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Version,
  errors: ['conflict'],
  handle: async ({ params, actor, principal, context }) => {
    const { by, door } = await deciderOf(context, principal, params.id);
    return { body: await door.deprecateVersion(actor, params.id, { by, said: null }) };
  },
});
