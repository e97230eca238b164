/** Has what is published scanned again by newer rules, a few versions at a time: uploads have places of their own in the verifiers. */
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';
import { SCANNER } from '@paddock/verification';

/** A scan that came to no end in this time is tried again; the scanner has 90 seconds. */
const LOST_AFTER_MS = 180_000;
const BATCH = 2;

/** @returns how many were enqueued. */
export async function enqueueRescans(db: Database, queues: Queues): Promise<number> {
  if ((await queues.depth('rescans')) >= BATCH) return 0;
  const before = new Date(Date.now() - LOST_AFTER_MS);
  const ids = await db.system.listVersionsToRescan(SCANNER, { before, limit: BATCH });
  await Promise.all(ids.map((versionId) => queues.enqueue('rescans', { versionId })));
  return ids.length;
}
