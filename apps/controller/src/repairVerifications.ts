/** Versions whose verification was lost with Redis, or whose verifier died. */
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';

const LOST_AFTER_MS = 20_000;
const BATCH = 100;

/** @returns how many verifications were enqueued. */
export async function repairVerifications(db: Database, queues: Queues): Promise<number> {
  const ids = await db.system.listStuckVersions(new Date(Date.now() - LOST_AFTER_MS), BATCH);
  await Promise.all(ids.map((versionId) => queues.enqueue('verifications', { versionId })));
  return ids.length;
}
