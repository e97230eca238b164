import { Id, Version } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/versions/{id}/verification',
  operationId: 'requestVerification',
  tag: 'versions',
  summary: 'Have a version verified anew',
  description:
    'For a version in review whose verification did not come to its end, and for those that were countersigned by a key which is revoked. What is published stays so meanwhile, and is countersigned anew unless it is rejected now or its verification does not come to its end.',
  access: PLATFORM_ADMINS,
  params: z.object({ id: Id }),
  statuses: [202],
  response: Version,
  errors: ['conflict'],
  handle: async ({ params: { id: versionId }, actor, context: { db, queues, logger } }) => {
    const version = await db.system.requestVerification(actor, versionId);
    // The row is committed: a queue that is down only delays it, until the controller enqueues it again.
    await queues
      .enqueue('verifications', { versionId })
      .catch((err: unknown) => logger.warn({ err, versionId }, 'verification not enqueued'));
    return { body: version };
  },
});
