import { Readable } from 'node:stream';
import { Id } from '@paddock/contracts';
import { z } from 'zod';
import { attachment } from '../../attachment.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/signature',
  operationId: 'downloadSignature',
  tag: 'versions',
  summary: 'The publisher’s signature, byte for byte as it was uploaded',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: null,
  download: true,
  handle: async ({ params, principal, context: { db } }) => {
    const door = principal.organization.platform ? db.system : db.forTenant(principal.organization.id);
    const { envelope } = await door.getVersionSignatures(params.id);
    return attachment(Readable.from([envelope]), envelope.length);
  },
});
