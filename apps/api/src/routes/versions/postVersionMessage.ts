import { Id, NewVersionMessage, VersionMessage } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/messages',
  operationId: 'postVersionMessage',
  tag: 'versions',
  summary: 'Say something of a version, between its publisher and the admins: to appeal, to ask, to answer',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: NewVersionMessage,
  statuses: [201],
  response: VersionMessage,
  errors: ['rate_limited'],
  handle: async ({ params, body, actor, principal, context }) => {
    const { by, door } = await deciderOf(context, principal, params.id);
    await door.getVersion(params.id);
    return { body: await door.postMessage(actor, params.id, { side: by, text: body.text }) };
  },
});
