import { Id } from '@paddock/contracts';
import { z } from 'zod';
import { attachment } from '../../attachment.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/bundle',
  operationId: 'downloadBundle',
  tag: 'versions',
  summary: 'The version’s bundle, byte for byte as it was uploaded',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: null,
  download: true,
  errors: ['artifact_missing'],
  handle: async ({ params, principal, context: { db, artifacts } }) => {
    const door = principal.organization.platform ? db.system : db.forTenant(principal.organization.id);
    const { sha256, size } = await door.getVersion(params.id);
    return attachment(await artifacts.open(sha256), size);
  },
});
