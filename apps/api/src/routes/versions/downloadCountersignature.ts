import { Readable } from 'node:stream';
import { Id, PaddockError } from '@paddock/contracts';
import { z } from 'zod';
import { attachment } from '../../attachment.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/countersignature',
  operationId: 'downloadCountersignature',
  tag: 'versions',
  summary: 'The registry’s countersignature: a DSSE envelope over its verdict',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: null,
  download: true,
  handle: async ({ params, principal, context: { db } }) => {
    const door = principal.organization.platform ? db.system : db.forTenant(principal.organization.id);
    const { countersignature } = await door.getVersionSignatures(params.id);
    if (countersignature === null) throw new PaddockError('not_found', 'The version is not countersigned.');
    return attachment(Readable.from([countersignature]), countersignature.length);
  },
});
