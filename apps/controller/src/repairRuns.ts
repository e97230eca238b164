/** Runs that fell through: their executor died, their job was lost with Redis, or no executor can serve them. */
import { type Actor, RUN_QUEUES } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';

/** A run that is queued for longer than this is enqueued again; where its job is still there, that does nothing. */
const LOST_AFTER_MS = 5000;
/** An executor that gave no sign of life for so long doesn't count; one that lives gives one every 10 s. */
const SILENT_AFTER_MS = 45_000;
const BATCH = 500;

/** @returns how many runs were enqueued or refused. */
export async function repairRuns(db: Database, queues: Queues, actor: Actor): Promise<number> {
  const now = Date.now();
  const lostBefore = new Date(now - LOST_AFTER_MS);
  const refused = await db.system.refuseUnservableRuns(actor, lostBefore, new Date(now - SILENT_AFTER_MS));
  await Promise.all(refused.map((runId) => queues.signal('run.settled', runId)));
  const expired = await db.system.expireLeases(actor, BATCH);
  const lost = await db.system.listQueuedRuns(lostBefore, BATCH);
  const runs = [...expired, ...lost];
  await Promise.all(
    runs.map((run) => queues.enqueue(RUN_QUEUES[run.minIsolation], { runId: run.runId, attempt: run.attempt })),
  );
  return refused.length + runs.length;
}
