/** What the controller mends: runs whose executor died, and runs whose job was lost. */
import { type Actor, type IsolationLevel, MAX_ATTEMPTS } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Tx } from '../transaction.js';

export interface RunToEnqueue {
  runId: string;
  attempt: number;
  minIsolation: IsolationLevel;
}

/**
 * Takes back runs whose lease ran out: queued for their next attempt, or ended as refused after the last. The old claim's
 * epoch goes stale with the next claim, and its settlement finds the run no longer `running` until then.
 */
export async function expireLeases(tx: Tx, actor: Actor, limit: number): Promise<RunToEnqueue[]> {
  const rows = await tx.$queryRaw<
    { id: string; attempt: number; state: string; organizationId: string; minIsolation: IsolationLevel }[]
  >`
    UPDATE runs SET
      state = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled' WHEN attempt >= ${MAX_ATTEMPTS} THEN 'refused' ELSE 'queued' END,
      attempt = CASE WHEN attempt >= ${MAX_ATTEMPTS} OR cancel_requested_at IS NOT NULL THEN attempt ELSE attempt + 1 END,
      error_code = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled_by_caller' WHEN attempt >= ${MAX_ATTEMPTS} THEN 'attempts_exhausted' END,
      error_message = CASE WHEN cancel_requested_at IS NOT NULL THEN 'Cancelled while its executor was gone.'
                           WHEN attempt >= ${MAX_ATTEMPTS} THEN 'Its executor was lost each time.' END,
      settled_at = CASE WHEN attempt >= ${MAX_ATTEMPTS} OR cancel_requested_at IS NOT NULL THEN now() END,
      lease_epoch = lease_epoch + 1, lease_until = NULL, queued_at = now()
    WHERE id IN (SELECT id FROM runs WHERE state = 'running' AND lease_until < now() ORDER BY lease_until LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, attempt, state, organization_id AS "organizationId", min_isolation AS "minIsolation"`;
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
  return rows
    .filter((row) => row.state === 'queued')
    .map(({ id, attempt, minIsolation }) => ({ runId: id, attempt, minIsolation }));
}

/** Runs that have been queued since before `before`: their jobs may be lost. To enqueue a job that is still there does nothing. */
export async function listQueuedRuns(tx: Tx, before: Date, limit: number): Promise<RunToEnqueue[]> {
  const rows = await tx.run.findMany({
    where: { state: 'queued', queuedAt: { lt: before } },
    select: { id: true, attempt: true, minIsolation: true },
    orderBy: { queuedAt: 'asc' },
    take: limit,
  });
  return rows.map(({ id, attempt, minIsolation }) => ({
    runId: id,
    attempt,
    minIsolation: minIsolation as IsolationLevel,
  }));
}

/**
 * Ends queued runs that need an isolation level which no executor has, unbilled, rather than let them wait for ever. While
 * no executor at all gives a sign of life, nothing is ended: that is an outage, and the runs wait for its end.
 *
 * @param before runs that were queued after this are left: an executor may just be starting
 * @param seenSince executors that gave no sign of life since then don't count
 * @returns the ids of the runs that were ended
 */
export async function refuseUnservableRuns(tx: Tx, actor: Actor, before: Date, seenSince: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; attempt: number; organizationId: string }[]>`
    WITH live AS (SELECT isolation_level AS level FROM executors WHERE last_seen_at > ${seenSince})
    UPDATE runs r SET
      state = 'refused', settled_at = now(), error_code = 'no_eligible_executor',
      error_message = 'It needs isolation ' || min_isolation || ', which no executor has.'
    WHERE r.state = 'queued' AND r.queued_at < ${before} AND EXISTS (SELECT 1 FROM live)
      AND NOT EXISTS (SELECT 1 FROM live WHERE level <> 'refuse' AND level >= r.min_isolation)
    RETURNING id, attempt, organization_id AS "organizationId"`;
  for (const { id, attempt, organizationId } of rows) {
    const data = { outcome: 'refused', attempt, code: 'no_eligible_executor' };
    await writeAudit(tx, { organizationId, actor, event: 'run.settled', subject: { type: 'run', id }, data });
  }
  return rows.map(({ id }) => id);
}
