import { unwrap } from '@paddock/client';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { Docker, sandboxes } from '../support/docker.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';

const TOOLS = {
  echo: { body: 'return input' },
  sleep: { body: 'await new Promise((done) => setTimeout(done, input.ms)); return { slept: input.ms }' },
};

describe('what is lost on the way', () => {
  let stack: OwnStack;
  let made: Awaited<ReturnType<typeof installedPlugin>>;
  beforeAll(async () => {
    stack = await startOwnStack();
    made = await installedPlugin(stack, { tools: TOOLS });
  });
  afterAll(() => stack.end());

  const call = (tool: string, input: Record<string, unknown>, wait = 45) =>
    callTool(made.tenant, made.install.id, tool, input, { wait });
  const states = async (ids: string[]) =>
    (await rows<{ state: string }>(stack, 'SELECT state FROM runs WHERE id = ANY($1::uuid[])', [ids])).map(
      (row) => row.state,
    );
  /** Each run has ended well, was billed once, and left one settlement in the audit trail. */
  const expectOnceEach = async (ids: string[]) => {
    await expect.poll(() => states(ids), { timeout: 45_000, interval: 300 }).toEqual(ids.map(() => 'succeeded'));
    const [counts] = await rows<{ usage: number; audit: number }>(
      stack,
      `SELECT (SELECT count(*)::int FROM usage_records WHERE run_id = ANY($1::uuid[])) AS usage,
              (SELECT count(*)::int FROM audit_events WHERE event = 'run.settled' AND subject_id = ANY($1::text[])) AS audit`,
      [ids],
    );
    expect(counts).toEqual({ usage: ids.length, audit: ids.length });
  };

  it('is found again when Redis is emptied while runs wait in it', async () => {
    const executor = stack.running.process('executor');
    executor.kill('SIGSTOP');
    const waiting = await Promise.all([1, 2, 3].map((value) => call('echo', { value }, 0)));
    const redis = new Redis(stack.redisUrl);
    const keys = await redis.keys(`${stack.queuePrefix}:*`);
    expect(keys.length).toBeGreaterThan(0);
    await redis.del(keys);
    await redis.quit();
    executor.kill('SIGCONT');
    await expectOnceEach(waiting.map((run) => run.id));
  });

  it('is tried again when its executor is killed in the middle, billed once, and leaves no sandbox', async () => {
    const executor = stack.running.process('executor');
    const run = await call('sleep', { ms: 3000 }, 0);
    await expect.poll(() => states([run.id]), { timeout: 20_000 }).toEqual(['running']);
    executor.kill('SIGKILL');
    await expect.poll(() => executor.isRunning()).toBe(false);
    await executor.restart();
    await expectOnceEach([run.id]);
    const after = await unwrap(made.tenant.client.GET('/v1/runs/{id}', { params: { path: { id: run.id } } }));
    expect(after.attempt).toBe(2);
    // The first attempt's sandbox was removed at the executor's start; one warm one of the second attempt may be there.
    expect((await sandboxes(new Docker(stack.dockerHost), stack.scratchFolder)).length).toBeLessThanOrEqual(1);
  });

  it.each(['api', 'executor', 'controller'] as const)(
    'is finished or given back when the %s is told to stop',
    async (name) => {
      const running = stack.running.process(name);
      const accepted: string[] = [];
      let stopping = false;
      const client = async () => {
        for (let n = 0; n < 200 && !stopping; n++) {
          const run = await call('echo', { n }, 0).catch(() => null);
          if (run !== null) accepted.push(run.id);
          else await new Promise((resolve) => setTimeout(resolve, 50));
        }
      };
      const clients = [client(), client(), client()];
      await expect.poll(() => accepted.length, { timeout: 20_000 }).toBeGreaterThan(10);
      expect(await running.stop()).toBeUndefined();
      await running.restart();
      stopping = true;
      await Promise.all(clients);
      await expectOnceEach(accepted);
    },
  );

  it('is not believed when it is forged: a job of no run, or with more than ids', async () => {
    const { Queue } = await import('bullmq');
    const connection = new Redis(stack.redisUrl, { maxRetriesPerRequest: null });
    const queue = new Queue('runs', { connection, prefix: stack.queuePrefix });
    const before = await sandboxes(new Docker(stack.dockerHost), stack.scratchFolder);
    await queue.add('runs', { runId: crypto.randomUUID(), attempt: 1 });
    await queue.add('runs', {
      runId: crypto.randomUUID(),
      attempt: 1,
      image: 'debian',
      organizationId: stack.admin.id,
    });
    await expect.poll(async () => queue.getJobCountByTypes('waiting', 'delayed'), { timeout: 10_000 }).toBe(0);
    expect(await sandboxes(new Docker(stack.dockerHost), stack.scratchFolder)).toEqual(before);
    await queue.close();
    connection.disconnect();
    expect(await call('echo', { still: 'here' })).toMatchObject({ state: 'succeeded' });
  });
});
