import { AuditCheckpoint, PaddockError } from '@paddock/contracts';
import { AUDITORS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/audit/checkpoint',
  operationId: 'getAuditCheckpoint',
  tag: 'audit',
  summary: 'The newest signed head of the audit tree',
  access: AUDITORS,
  statuses: [200],
  response: AuditCheckpoint,
  errors: ['not_found'],
  handle: async ({ context }) => {
    const checkpoint = await context.db.system.latestCheckpoint();
    if (checkpoint === null) throw new PaddockError('not_found');
    return { body: { ...checkpoint, verifierKey: context.auditVerifierKey } };
  },
});
