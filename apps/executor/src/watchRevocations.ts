/**
 * The kill switch's end on this host: what there is of a revoked version dies at once, runs and what waits for a run alike.
 * A revoked version gets no new run or sandbox as it is.
 */
import type { ExecutorContext } from './context.js';

/** How soon a revocation is found whose word was lost. */
const LOOK_EVERY_MS = 1000;

/** Listens for revocations, and looks for them too. @returns what ends both */
export async function watchRevocations(
  executor: Pick<ExecutorContext, 'db' | 'queues' | 'pool' | 'runningRuns' | 'logger'>,
): Promise<() => Promise<void>> {
  const { db, queues, pool, runningRuns, logger } = executor;
  const looking = new Set<Promise<void>>();
  /** Those whose sandboxes are being destroyed: what takes long is not begun again each second. */
  const dying = new Set<string>();

  const destroy = async (versionId: string) => {
    dying.add(versionId);
    try {
      const died = pool.destroyWhere((held) => held.versionId === versionId);
      for (const lease of runningRuns.values()) if (lease.versionId === versionId) lease.stop('revoked');
      const count = await died;
      if (count > 0) logger.info({ versionId, count }, 'killed what there was of a revoked version');
    } finally {
      dying.delete(versionId);
    }
  };
  // The word says that there is something to look for; what is revoked stands in the database alone.
  const look = async (only?: string) => {
    const here = new Set([...pool.versionIds(), ...[...runningRuns.values()].map(({ versionId }) => versionId)]);
    const asked = [...here].filter((id) => !dying.has(id) && (only === undefined || id === only));
    if (asked.length > 0) await Promise.all((await db.system.listRevokedVersions(asked)).map(destroy));
  };
  const begin = (only?: string) => {
    const work = look(only)
      .catch((err: unknown) => logger.warn({ err }, 'revoked versions not looked for, or not all destroyed'))
      .finally(() => looking.delete(work));
    looking.add(work);
  };

  await queues.onSignal('version.revoked', begin);
  const timer = setInterval(() => begin(), LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await Promise.all(looking);
  };
}
