/** Work that is done again and again, each piece after a pause from its last end. A failure is logged and tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@paddock/service';

export interface Chore {
  name: string;
  /** The pause between an end and the next beginning, in milliseconds. */
  everyMs: number;
  /** Resolves to how much it found to do. */
  work: () => Promise<number>;
}

/** @returns what stops them, once those under way have ended. */
export function startChores(chores: readonly Chore[], logger: Logger): () => Promise<void> {
  const stopping = new AbortController();
  const loops = chores.map(async ({ name, everyMs, work }) => {
    while (!stopping.signal.aborted) {
      try {
        const done = await work();
        if (done > 0) logger.debug({ chore: name, done }, 'chore');
      } catch (err) {
        logger.error({ err, chore: name }, 'chore failed');
      }
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}
