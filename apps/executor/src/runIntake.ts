/**
 * Takes runs from the queues that this host's isolation allows: those of its own levels and of weaker ones. When a probe
 * finds that a level is gone, no more runs of it are taken.
 */
import { type ExecuteRunJob, ISOLATION_LEVELS, type IsolationLevel, RUN_QUEUES } from '@paddock/contracts';
import type { Consumer, Queues } from '@paddock/queue';
import type { IsolationReport } from '@paddock/sandbox';

export class RunIntake {
  private readonly consumers = new Map<IsolationLevel, Consumer>();

  /** @param concurrency runs of each level at once */
  constructor(
    private readonly queues: Queues,
    private readonly handle: (job: ExecuteRunJob) => Promise<void>,
    private readonly concurrency: number,
  ) {}

  /** Takes runs up to this level from now on. Resolves once the runs in hand of the levels that are given up have ended. */
  async follow(level: IsolationReport['level']): Promise<void> {
    const closing: Promise<void>[] = [];
    for (const each of ISOLATION_LEVELS) {
      const consumer = this.consumers.get(each);
      const isAllowed = level !== 'refuse' && each <= level;
      if (isAllowed && consumer === undefined) {
        const { handle, concurrency } = this;
        this.consumers.set(each, this.queues.consume(RUN_QUEUES[each], handle, { concurrency }));
      } else if (!isAllowed && consumer !== undefined) {
        this.consumers.delete(each);
        closing.push(consumer.close());
      }
    }
    await Promise.all(closing);
  }

  close(): Promise<void> {
    return this.follow('refuse');
  }
}
