/** What the controller mends: runs whose executor died, and runs whose job was lost. */
import { type Actor, MAX_ATTEMPTS } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Tx } from '../transaction.js';

export interface RunToEnqueue {
  runId: string;
  attempt: number;
}

/**
 * Takes back runs whose lease ran out: queued for their next attempt, or ended as refused after the last. The old claim's
 * epoch goes stale with the next claim, and its settlement finds the run no longer `running` until then.
 */
export async function expireLeases(tx: Tx, actor: Actor, limit: number): Promise<RunToEnqueue[]> {
  const rows = await tx.$queryRaw<{ id: string; attempt: number; state: string; organizationId: string }[]>`
    UPDATE runs SET
      state = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled' WHEN attempt >= ${MAX_ATTEMPTS} THEN 'refused' ELSE 'queued' END,
      attempt = CASE WHEN attempt >= ${MAX_ATTEMPTS} OR cancel_requested_at IS NOT NULL THEN attempt ELSE attempt + 1 END,
      error_code = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled_by_caller' WHEN attempt >= ${MAX_ATTEMPTS} THEN 'attempts_exhausted' END,
      error_message = CASE WHEN cancel_requested_at IS NOT NULL THEN 'Cancelled while its executor was gone.'
                           WHEN attempt >= ${MAX_ATTEMPTS} THEN 'Its executor was lost each time.' END,
      settled_at = CASE WHEN attempt >= ${MAX_ATTEMPTS} OR cancel_requested_at IS NOT NULL THEN now() END,
      lease_epoch = lease_epoch + 1, lease_until = NULL, queued_at = now()
    WHERE id IN (SELECT id FROM runs WHERE state = 'running' AND lease_until < now() ORDER BY lease_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, attempt, state, organization_id AS "organizationId"`;
  for (const { id, attempt, state, organizationId } of rows) {
    const subject = { type: 'run', id } as const;
    await (state === 'queued'
      ? writeAudit(tx, {
          organizationId,
          actor,
          event: 'run.requeued',
          subject,
          data: { attempt: attempt - 1, code: 'lease_expired' },
        })
      : writeAudit(tx, { organizationId, actor, event: 'run.settled', subject, data: { outcome: state, attempt } }));
  }
  return rows.filter((row) => row.state === 'queued').map(({ id, attempt }) => ({ runId: id, attempt }));
}

/** Runs that have been queued since before `before`: their jobs may be lost. To enqueue a job that is still there does nothing. */
export async function listQueuedRuns(tx: Tx, before: Date, limit: number): Promise<RunToEnqueue[]> {
  const rows = await tx.run.findMany({
    where: { state: 'queued', queuedAt: { lt: before } },
    select: { id: true, attempt: true },
    orderBy: { queuedAt: 'asc' },
    take: limit,
  });
  return rows.map(({ id, attempt }) => ({ runId: id, attempt }));
}
