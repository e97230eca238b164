/** Lets a caller wait for a run's end: told by a signal, and looking itself every second in case the signal was lost. */
import type { Queues } from '@paddock/queue';

const LOOK_AGAIN_MS = 1000;

export interface SettledRuns {
  /**
   * Resolves when `isSettled` says so, when `ms` milliseconds have passed, or when `signal` aborts. Listening begins at the
   * call, before `begin` is run: an end that comes at once is not missed.
   */
  wait(
    runId: string,
    options: { ms: number; signal: AbortSignal; begin: () => Promise<void>; isSettled: () => Promise<boolean> },
  ): Promise<void>;
}

/** @param draining ends every wait when it aborts, so that nobody holds up the process' end. */
export async function watchSettledRuns(queues: Queues, draining: AbortSignal): Promise<SettledRuns> {
  const waiters = new Map<string, Set<() => void>>();
  await queues.onSignal('run.settled', (runId) => {
    for (const wake of waiters.get(runId) ?? []) wake();
  });
  draining.addEventListener('abort', () => {
    for (const each of waiters.values()) for (const wake of each) wake();
  });
  return {
    async wait(runId, { ms, signal, begin, isSettled }) {
      let wake = (): void => undefined;
      let woken = false;
      const onWake = () => {
        woken = true;
        wake();
      };
      const peers = waiters.get(runId) ?? new Set();
      waiters.set(runId, peers.add(onWake));
      signal.addEventListener('abort', onWake, { once: true });
      const deadline = performance.now() + ms;
      try {
        await begin();
        for (;;) {
          const left = deadline - performance.now();
          if (left <= 0 || signal.aborted || draining.aborted) return;
          if (!woken) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, Math.min(LOOK_AGAIN_MS, left));
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          woken = false;
          if (await isSettled()) return;
        }
      } finally {
        signal.removeEventListener('abort', onWake);
        peers.delete(onWake);
        if (peers.size === 0) waiters.delete(runId);
      }
    },
  };
}
