import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { openQueues, type Queues } from './queues.js';

const url = process.env['PADDOCK_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379';

describe('queues', () => {
  const opened: { queues: Queues; prefix: string }[] = [];
  const open = (onError?: (error: Error) => void, prefix = `test-${randomUUID()}`) => {
    const queues = openQueues({ url, prefix, ...(onError ? { onError } : {}) });
    opened.push({ queues, prefix });
    return { queues, prefix };
  };
  afterEach(async () => {
    const redis = new Redis(url);
    for (const { queues, prefix } of opened.splice(0)) {
      await queues.close();
      const keys = await redis.keys(`${prefix}*`);
      if (keys.length > 0) await redis.del(keys);
    }
    await redis.quit();
  });

  it('hands a job over once, though it was enqueued twice', async () => {
    const { queues } = open();
    const job = { runId: randomUUID(), attempt: 1 };
    await queues.enqueue('runs', job);
    await queues.enqueue('runs', job);
    expect(await queues.depth('runs')).toBe(1);
    const seen: unknown[] = [];
    const last = { runId: randomUUID(), attempt: 1 };
    await new Promise<void>((resolve) => {
      queues.consume(
        'runs',
        async (each) => {
          seen.push(each);
          if (each.runId === last.runId) resolve();
        },
        { concurrency: 1 },
      );
      void queues.enqueue('runs', last);
    });
    expect(seen).toEqual([job, last]);
  });

  it('refuses a forged job of another form, and goes on', async () => {
    const errors: string[] = [];
    const { queues, prefix } = open((error) => errors.push(error.message));
    const { Queue } = await import('bullmq');
    const connection = new Redis(url, { maxRetriesPerRequest: null });
    const forger = new Queue('runs', { connection, prefix });
    await forger.add('runs', { runId: 'x; drop table', attempt: 1, organizationId: 'mine' });
    const good = { runId: randomUUID(), attempt: 2 };
    await queues.enqueue('runs', good);
    const seen = await new Promise<unknown>((resolve) => {
      queues.consume('runs', async (job) => resolve(job), { concurrency: 1 });
    });
    expect(seen).toEqual(good);
    await expect.poll(() => errors.join()).toContain('another form');
    await forger.close();
    connection.disconnect();
  });

  it('tells other processes about a run', async () => {
    const a = open();
    const b = open(undefined, a.prefix);
    const runId = randomUUID();
    const heard = new Promise<string>((resolve) => {
      void b.queues.onSignal('run.cancel', resolve).then(() => a.queues.signal('run.cancel', runId));
    });
    expect(await heard).toBe(runId);
  });

  it('finishes the jobs in hand before it closes', async () => {
    const { queues } = open();
    let finish = () => {};
    let done = false;
    const started = new Promise<void>((resolve) => {
      queues.consume(
        'runs',
        async () => {
          resolve();
          await new Promise<void>((end) => {
            finish = end;
          });
          done = true;
        },
        { concurrency: 1 },
      );
    });
    await queues.enqueue('runs', { runId: randomUUID(), attempt: 1 });
    await started;
    const closing = queues.close();
    finish();
    await closing;
    expect(done).toBe(true);
  });
});
