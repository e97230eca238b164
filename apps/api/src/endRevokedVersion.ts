/** What follows the revocation of a version: the word to every executor, and the end of the runs that wait. */
import type { Actor } from '@paddock/contracts';
import type { ApiContext } from './context.js';

const RUNS_AT_ONCE = 1000;

/** The word goes out first: what runs is worse than what waits, which nobody starts any more. Doing it again does no harm. */
export async function endRevokedVersion(
  { db, queues, logger }: Pick<ApiContext, 'db' | 'queues' | 'logger'>,
  actor: Actor,
  versionId: string,
): Promise<void> {
  // Executors look for themselves every second, in case the word is lost.
  await queues
    .signal('version.revoked', versionId)
    .catch((err: unknown) => logger.warn({ err, versionId }, 'revocation not signalled'));
  let ended: string[];
  do {
    ended = await db.system.endRevokedRuns(actor, versionId, RUNS_AT_ONCE);
    // Whoever waits for one looks again every second.
    await Promise.all(ended.map((id) => queues.signal('run.settled', id))).catch((err: unknown) =>
      logger.warn({ err, versionId }, 'ends of runs not signalled'),
    );
  } while (ended.length === RUNS_AT_ONCE);
}
