/** The pieces of work of a pool that are under way, each stoppable from outside by whose it is. */
import type { PoolKey } from './types.js';

interface Job {
  owner: PoolKey;
  stop: AbortController;
  done: Promise<unknown>;
}

/** Why work was stopped, where it is no error of the platform. One for all: a reason made each time costs a stack trace. */
const STOPPED = Symbol('stopped');
/** The same, where nothing is waited for: what is stopped so has no grace. */
export const AT_ONCE = Symbol('at once');

export class Jobs {
  private readonly jobs = new Set<Job>();

  /** Does a piece of work that ends when `signal` is aborted, too. */
  async run<T>(owner: PoolKey, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    // Not AbortSignal.any: the caller's reason must never be taken for one of ours.
    const forward = () => stop.abort(STOPPED);
    signal.addEventListener('abort', forward, { once: true });
    if (signal.aborted) forward();
    const working = work(stop.signal);
    const job: Job = { owner, stop, done: working.catch(() => {}) };
    this.jobs.add(job);
    try {
      return await working;
    } finally {
      this.jobs.delete(job);
      signal.removeEventListener('abort', forward);
    }
  }

  /** Stops work and waits for its end. Answers how much that was. */
  async stopWhere(matches: (owner: PoolKey) => boolean, reason: unknown = STOPPED): Promise<number> {
    const jobs = [...this.jobs].filter(({ owner }) => matches(owner));
    for (const { stop } of jobs) stop.abort(reason);
    await Promise.all(jobs.map(({ done }) => done));
    return jobs.length;
  }

  versionIds(): string[] {
    return [...this.jobs].map(({ owner }) => owner.versionId);
  }
}
