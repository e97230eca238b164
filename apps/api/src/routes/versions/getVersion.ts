import { Id, Version } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { visibleVersion } from '../../visibleVersion.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}',
  operationId: 'getVersion',
  tag: 'versions',
  summary: 'A version: its state, verdict and findings',
  description: 'Its publisher and platform admins see it in every state; everybody else once it is published.',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Version,
  handle: async ({ params, principal, context }) => ({ body: await visibleVersion(context, principal, params.id) }),
});
