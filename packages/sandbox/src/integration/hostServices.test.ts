import { PaddockError } from '@paddock/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunResult, SandboxPool } from '../index.js';
import type { TestPlan } from './harness.js';
import { testPools } from './pools.testing.js';

const never = new AbortController().signal;
const pools = testPools(4);
let pool: SandboxPool;
beforeEach(() => {
  pool = pools.open();
});

const call = (
  plan: TestPlan,
  tool: string,
  input: unknown = {},
  more: { deadlineMs?: number; graceMs?: number } = {},
): Promise<RunResult> => pool.run(plan, { tool, input, ...more }, never);
const { plan } = pools;

describe('host services', () => {
  it('answer, and refuse with the code they threw', async () => {
    const asked: unknown[] = [];
    const mine = plan({
      hostServices: async (method, params) => {
        asked.push([method, params]);
        if (method === 'host/kv.get') return { value: 7 };
        if (method === 'host/secret') throw new Error('a detail of the host');
        throw new PaddockError('capability_not_granted');
      },
    });
    const answerOf = async (method: string) =>
      ((await call(mine, 'host', { method, params: { k: 1 } })).output as { answer: Record<string, unknown> }).answer;
    expect(await answerOf('host/kv.get')).toMatchObject({ result: { value: 7 } });
    expect(await answerOf('host/http.fetch')).toMatchObject({ error: { data: { code: 'capability_not_granted' } } });
    const internal = await answerOf('host/secret');
    expect(internal).toMatchObject({ error: { data: { code: 'internal' } } });
    expect(JSON.stringify(internal)).not.toContain('detail of the host');
    expect(await answerOf('roots/list')).toMatchObject({ error: { code: -32601 } });
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual(['host/kv.get', { k: 1 }]);
  });

  it('serve sixteen at once, and every one in the end', async () => {
    let [now, most] = [0, 0];
    let reach = (): void => undefined;
    const sixteen = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const mine = plan({
      hostServices: async (_method, params) => {
        now += 1;
        most = Math.max(most, now);
        // However slow the machine: nobody is answered before sixteen have asked.
        if (now === 16) reach();
        await sixteen;
        await new Promise((resolve) => setTimeout(resolve, 2));
        now -= 1;
        return params;
      },
    });
    const { output } = await call(mine, 'hostMany', { count: 300 });
    expect((output as { answers: number[] }).answers).toEqual(Array.from({ length: 300 }, (_, at) => at));
    expect(most).toBe(16);
  });

  it('hold a plugin back that asks without reading the answers', async () => {
    let served = 0;
    const big = 'x'.repeat(100_000);
    const mine = plan({
      hostServices: async () => {
        served += 1;
        return big;
      },
      limits: { messageBytes: 1 << 20 },
    });
    expect(await call(mine, 'hostFlood', {}, { deadlineMs: 1500, graceMs: 0 })).toMatchObject({ outcome: 'timed_out' });
    // What the pipes hold, one message’s worth of buffer, and an answer for each call that was under way.
    expect(served * big.length).toBeLessThan(20_000_000);
  });

  it('see their signal fire when the run is over', async () => {
    let fired = false;
    const mine = plan({
      hostServices: (_method, _params, { signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            fired = true;
            resolve({});
          }),
        ),
    });
    await call(mine, 'host', { method: 'host/slow' }, { deadlineMs: 4000, graceMs: 0 });
    expect(fired).toBe(true);
  });
});
