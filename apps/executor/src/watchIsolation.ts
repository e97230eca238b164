/** Probes the isolation again and again. What has changed decides at once which runs are taken, and is registered and audited. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type HostIsolation, missingControls } from '@paddock/sandbox';
import type { Logger } from '@paddock/service';

/** While the host is refused, it is probed more often: what is mended is to be used again. */
const REFUSED_EVERY_MS = 60_000;

export interface IsolationWatch {
  isolation: HostIsolation;
  /** Between two probes, in milliseconds. */
  everyMs: number;
  /** Takes the runs that are allowed from now on, and no others. */
  follow: () => Promise<void>;
  /** Tells the platform. */
  register: () => Promise<void>;
  logger: Logger;
}

/** @returns what ends the watch */
export function watchIsolation({ isolation, everyMs, follow, register, logger }: IsolationWatch): () => Promise<void> {
  const stopping = new AbortController();
  let isRegistered = true;
  const look = async () => {
    const hasChanged = await isolation.probeAgain();
    if (hasChanged) {
      const { level } = isolation;
      logger[level === 'refuse' ? 'fatal' : 'warn'](
        { level, missing: missingControls(isolation.report, 'L3') },
        'isolation has changed',
      );
      // Not waited for: the runs in hand may take their time.
      follow().catch((err: unknown) => logger.error({ err }, 'queues not left'));
      isRegistered = false;
    }
    if (!isRegistered) await register();
    isRegistered = true;
  };
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      const pause = isolation.level === 'refuse' ? Math.min(everyMs, REFUSED_EVERY_MS) : everyMs;
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await look().catch((err: unknown) => logger.error({ err }, 'isolation not probed'));
    }
  })();
  return async () => {
    stopping.abort();
    await watching;
  };
}
