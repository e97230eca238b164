import { EvidenceDigest, Id, PaddockError } from '@paddock/contracts';
import { z } from 'zod';
import { attachment } from '../../attachment.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/evidence/{name}',
  operationId: 'downloadEvidence',
  tag: 'versions',
  summary: 'A JSON document that the version’s verification left, byte for byte as the registry countersigned it',
  access: EVERY_ROLE,
  params: z.object({ id: Id, name: EvidenceDigest.shape.name }),
  statuses: [200],
  response: null,
  download: true,
  errors: ['artifact_missing'],
  handle: async ({ params, principal, context: { db, artifacts } }) => {
    const door = principal.organization.platform ? db.system : db.forTenant(principal.organization.id);
    const { evidence } = await door.getVersion(params.id);
    const document = evidence.find(({ name }) => name === params.name);
    if (document === undefined) throw new PaddockError('not_found');
    return attachment(await artifacts.open(document.sha256), document.size);
  },
});
