import { expect, it } from 'vitest';
import type { PoolOptions, RunResult, SandboxPool } from '../index.js';
import { planFor, type TestPlan, writeBundle } from './harness.js';
import { testPools } from './pools.testing.js';

const never = new AbortController().signal;
const pools = testPools(4);
const { plan } = pools;
const open = (change: Partial<PoolOptions> = {}) => pools.open({ maxSpares: 1, ...change });
const echo = (pool: SandboxPool, mine: TestPlan): Promise<RunResult> =>
  pool.run(mine, { tool: 'echo', input: {} }, never);
/** Two installs call, after which the pool makes a spare. */
async function demand(pool: SandboxPool, change: Parameters<typeof planFor>[1] = {}): Promise<RunResult[]> {
  return [await echo(pool, plan(change)), await echo(pool, plan(change))];
}
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 400) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const spares = (pool: SandboxPool) => pool.waiting().spare;

it('gives a sandbox that was started ahead to one install, once, and bills its start to that run', async () => {
  const pool = open();
  const [fresh] = await demand(pool);
  await until(() => spares(pool) === 1);
  const mine = plan();
  const first = await echo(pool, mine);
  expect(first).toMatchObject({ outcome: 'succeeded', start: 'ahead', output: { calls: 1 } });
  expect(first.usage.cpuUs).toBeGreaterThan((fresh?.usage.cpuUs ?? 0) / 4);
  expect(first.usage.peakMemoryBytes).toBeGreaterThan(10_000_000);
  const second = await echo(pool, mine);
  expect(second).toMatchObject({ start: 'warm', sandboxId: first.sandboxId, output: { calls: 2 } });
  expect(second.usage.cpuUs).toBeLessThan(first.usage.cpuUs);
  const other = await echo(pool, plan());
  expect(other.sandboxId).not.toBe(first.sandboxId);
  expect(other.output).toMatchObject({ calls: 1 });
});

it('serves isolation "run" too, and a sandbox still only once', async () => {
  const pool = open();
  const mine = plan({ isolation: 'run' });
  const ids = new Set<string>();
  const starts = new Set<string>();
  for (let i = 0; i < 6; i += 1) {
    if (i > 1) await until(() => spares(pool) === 1);
    const result = await echo(pool, mine);
    expect(result).toMatchObject({ outcome: 'succeeded', output: { calls: 1 } });
    ids.add(result.sandboxId);
    starts.add(result.start);
  }
  expect(ids.size).toBe(6);
  expect(starts).toContain('ahead');
});

it('lets nobody have a spare of other limits, another version or another bundle', async () => {
  const pool = open({ maxSandboxes: 8 });
  const other = await writeBundle();
  await demand(pool);
  await until(() => spares(pool) === 1);
  const results = [
    await echo(pool, plan({ limits: { pids: 65 } })),
    await echo(pool, plan({ versionId: 'version-2' })),
    await echo(pool, planFor(other.dir)),
  ];
  expect(results.map(({ start }) => start)).toEqual(['fresh', 'fresh', 'fresh']);
  await other.remove();
});

it('checks the bundle before each spare, and makes none of what does not pass', async () => {
  const pool = open();
  let checks = 0;
  const beforeStart = async () => {
    checks += 1;
    if (checks > 2) throw new Error('the bundle was changed');
  };
  await demand(pool, { beforeStart });
  await until(() => checks === 3);
  await expect(echo(pool, plan({ beforeStart }))).rejects.toThrow('the bundle was changed');
  expect(spares(pool)).toBe(0);
});

it('gives a run what its sandbox logged ahead of it, and nobody a host service before that', async () => {
  const speaking = `process.stderr.write('loaded\\n');
let rest = '';
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const { id, method } of lines.map(JSON.parse)) {
    if (method === 'initialize') { ASK; send({ id, result: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'x', version: '1' } } }); }
    if (method === 'tools/call') send({ id, result: { structuredContent: {} } });
  }
});`;
  const ask = "send({ id: 'x', method: 'host/kv.get', params: {} });";
  const files = await writeBundle({
    'quiet.mjs': speaking.replace('ASK;', ''),
    'asking.mjs': speaking.replace('ASK;', ask),
  });
  const pool = open({ maxSandboxes: 8 });
  const calls: string[] = [];
  const at = (entry: string): TestPlan =>
    planFor(files.dir, {
      entry,
      hostServices: async (method) => {
        calls.push(method);
        return {};
      },
    });
  for (const entry of ['asking.mjs', 'asking.mjs', 'quiet.mjs', 'quiet.mjs']) await echo(pool, at(entry));
  expect(calls).toEqual(['host/kv.get', 'host/kv.get']);
  await until(() => spares(pool) === 1);
  const mine = at('quiet.mjs');
  expect(await echo(pool, mine)).toMatchObject({ outcome: 'succeeded', start: 'ahead' });
  expect(mine.log.map(({ message }) => message)).toEqual(['loaded']);
  // What asks ahead of its run is not kept: its run has a sandbox of its own, and an answer.
  expect(await echo(pool, at('asking.mjs'))).toMatchObject({ outcome: 'succeeded', start: 'fresh' });
  expect(calls).toHaveLength(3);
  await files.remove();
});

it('removes the spares of a version that is revoked, and makes no more', async () => {
  const pool = open();
  await demand(pool);
  await until(() => spares(pool) === 1);
  expect(pool.versionIds()).toEqual(['version-1']);
  await pool.destroyWhere(({ versionId }) => versionId === 'version-1');
  expect(await pools.test.leftovers()).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(pool.waiting()).toEqual({ spare: 0, warm: 0 });
});

it('gives a spare up for a run that needs its place, by number and by memory', async () => {
  const one = 144 * 1024 * 1024;
  for (const change of [{ maxSandboxes: 4 }, { memoryBytes: 4 * one }]) {
    const pool = open(change);
    await demand(pool);
    await until(() => spares(pool) === 1);
    const busy = ['a', 'b', 'c', 'd'].map((versionId) =>
      pool.run(plan({ versionId }), { tool: 'sleep', input: { ms: 300 } }, never),
    );
    expect((await Promise.all(busy)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('succeeded'));
    expect(spares(pool)).toBe(0);
  }
});

it('takes the place of a sandbox that nobody has needed for a while', async () => {
  const pool = open({ idleMs: 20_000 });
  for (const versionId of ['old-1', 'old-2']) await echo(pool, plan({ versionId }));
  await demand(pool);
  expect(pool.waiting()).toEqual({ spare: 0, warm: 4 });
  await until(() => spares(pool) === 1);
  expect(pool.waiting().warm).toBeLessThan(4);
});

it('refuses what needs more memory than there is', async () => {
  await expect(echo(open({ memoryBytes: 64 << 20 }), plan())).rejects.toMatchObject({ code: 'sandbox_unavailable' });
});

it('lets spares go after a while, and those that end or work by themselves at once', async () => {
  const idle = open({ idleMs: 2000 });
  await demand(idle, { isolation: 'run' });
  await until(() => spares(idle) === 1);
  await until(() => spares(idle) === 0);

  const dying = await writeBundle({
    'plugin.mjs': `let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const { id, method } of lines.map(JSON.parse)) {
    if (method === 'initialize') { process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'x', version: '1' } } }) + '\\n'); setTimeout(() => process.exit(1), 1000); }
    if (method === 'tools/call') process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: { structuredContent: {} } }) + '\\n');
  }
});`,
  });
  const pool = open();
  const mine = () => planFor(dying.dir, { isolation: 'run' });
  await echo(pool, mine());
  await echo(pool, mine());
  await until(() => spares(pool) === 1);
  await until(() => spares(pool) === 0);
  await pool.destroyWhere(() => false);
  // It is not made again and again at the platform's cost.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await pools.test.leftovers()).toEqual([]);
  await dying.remove();
});
