import { Decision, Id, Version } from '@paddock/contracts';
import { z } from 'zod';
import { deciderOf } from '../../deciderOf.js';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/unyank',
  operationId: 'unyankVersion',
  tag: 'versions',
  summary: 'Let a yanked version take installs again',
  access: ADMINS,
  params: z.object({ id: Id }),
  body: Decision.partial(),
  statuses: [200],
  response: Version,
  errors: ['conflict'],
  handle: async ({ params, body, actor, principal, context }) => {
    const { by, door } = await deciderOf(context, principal, params.id);
    return { body: await door.decideVersion(actor, params.id, { to: 'published', from: ['yanked'], by, ...body }) };
  },
});
