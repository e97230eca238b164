import { Id, PageQuery, pageOf, VersionMessage } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/messages',
  operationId: 'listVersionMessages',
  tag: 'versions',
  summary: 'What a version’s publisher and the admins said of it, oldest first',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  query: PageQuery,
  statuses: [200],
  response: pageOf(VersionMessage),
  handle: async ({ params, query, principal, context }) => {
    const { door } = await deciderOf(context, principal, params.id);
    await door.getVersion(params.id);
    return { body: await door.listMessages(params.id, query) };
  },
});
