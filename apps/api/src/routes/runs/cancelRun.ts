import { Id, Run } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, MEMBERS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/runs/{id}/cancel',
  operationId: 'cancelRun',
  tag: 'runs',
  summary: 'Cancel a run',
  description: 'A queued run ends at once; a running one within its grace. Asking again changes nothing.',
  access: MEMBERS,
  params: z.object({ id: Id }),
  statuses: [202],
  response: Run,
  errors: ['run_already_settled'],
  handle: async ({ params, actor, principal, context: { db, queues, logger } }) => {
    const tenant = db.forTenant(principal.organization.id);
    const state = await tenant.cancelRun(actor, params.id);
    // Its executor is told at once; if the word is lost, it finds the request at its lease's next renewal.
    const signal = state === 'running' ? 'run.cancel' : 'run.settled';
    await queues
      .signal(signal, params.id)
      .catch((err: unknown) => logger.warn({ err, runId: params.id }, 'cancellation not signalled'));
    return { body: await tenant.getRun(params.id) };
  },
});
