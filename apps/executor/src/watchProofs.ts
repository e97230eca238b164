/**
 * Signatures are checked before each sandbox is made; a sandbox may wait for its next run longer than a key is trusted. So what
 * waits is held against the keys as they are, again and again: the publisher's, and the registry's.
 */
import type { ExecutorContext } from './context.js';

/** How long a sandbox may be kept whose version's proof no longer holds. */
const LOOK_EVERY_MS = 5000;

/** @returns what ends it */
export function watchProofs({
  pool,
  versions,
  logger,
}: Pick<ExecutorContext, 'pool' | 'versions' | 'logger'>): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const look = async () => {
    for (const versionId of pool.versionIds()) {
      if (await versions.holds(versionId)) continue;
      const count = await pool.destroyWhere((held) => held.versionId === versionId);
      logger.warn({ versionId, count }, 'destroyed what there was of a version whose proof no longer holds');
    }
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((err: unknown) => logger.warn({ err }, 'proofs not looked at'))
      .finally(() => {
        looking = null;
      });
  }, LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}
