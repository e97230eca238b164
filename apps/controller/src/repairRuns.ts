/** Runs that fell through: their executor died, or their job was lost with Redis. */
import type { Actor } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';

/** A run that is queued for longer than this is enqueued again; where its job is still there, that does nothing. */
const LOST_AFTER_MS = 5000;
const BATCH = 500;

/** @returns how many runs were enqueued. */
export async function repairRuns(db: Database, queues: Queues, actor: Actor): Promise<number> {
  const expired = await db.system.expireLeases(actor, BATCH);
  const lost = await db.system.listQueuedRuns(new Date(Date.now() - LOST_AFTER_MS), BATCH);
  const runs = [...expired, ...lost];
  await Promise.all(runs.map((run) => queues.enqueue('runs', run)));
  return runs.length;
}
