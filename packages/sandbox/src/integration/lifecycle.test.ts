import { expect, it } from 'vitest';
import { missingControls, openSandboxHost, SandboxPool } from '../index.js';
import { openProxy } from './engineProxy.js';
import { openTestHost, socketPath } from './harness.js';
import { testPools } from './pools.testing.js';

const never = new AbortController().signal;
const pools = testPools(2);
const { plan, open } = pools;
const echo = { tool: 'echo', input: {} };
const gone = async () => {
  while ((await pools.test.leftovers()).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
};

it('holds no more sandboxes than allowed, and serves everybody in the end', async () => {
  const pool = open();
  const results = await Promise.all(Array.from({ length: 7 }, () => pool.run(plan(), echo, never)));
  expect(results.map((result) => result.outcome)).toEqual(Array(7).fill('succeeded'));
  expect(new Set(results.map((result) => result.sandboxId)).size).toBe(7);
  expect((await pools.test.leftovers()).filter((name) => name.startsWith('/paddock-')).length).toBeLessThanOrEqual(2);
});

it('hands a busy sandbox over to a waiting run of the same install', async () => {
  const pool = open({ maxSandboxes: 1 });
  const mine = plan();
  const results = await Promise.all(Array.from({ length: 4 }, () => pool.run(mine, echo, never)));
  expect(new Set(results.map((result) => result.sandboxId)).size).toBe(1);
});

it('gives several sandboxes to one install that has several runs at once', async () => {
  const pool = open();
  const mine = plan();
  const results = await Promise.all([1, 2].map(() => pool.run(mine, { tool: 'sleep', input: { ms: 300 } }, never)));
  expect(new Set(results.map((result) => result.sandboxId)).size).toBe(2);
});

it('lets a waiting run be cancelled', async () => {
  const pool = open({ maxSandboxes: 1 });
  const busy = pool.run(plan(), { tool: 'sleep', input: { ms: 800 } }, never);
  const stop = new AbortController();
  const waiting = pool.run(plan(), echo, stop.signal);
  stop.abort();
  expect(await waiting).toMatchObject({ outcome: 'cancelled', sandboxId: '' });
  expect(await busy).toMatchObject({ outcome: 'succeeded' });
});

it('renews a sandbox after its last run, and when it is too old', async () => {
  for (const change of [{ maxRuns: 1 }, { maxAgeMs: 0 }]) {
    const pool = open(change);
    const mine = plan();
    const [first, second] = [await pool.run(mine, echo, never), await pool.run(mine, echo, never)];
    expect(second.sandboxId).not.toBe(first.sandboxId);
  }
});

it.each(['echo', 'lateGarbage', 'lateSpin', 'lateExit'])(
  'removes what is idle for long, or misbehaves when idle: %s',
  async (tool) => {
    const pool = open({ idleMs: tool === 'echo' ? 200 : 60_000 });
    expect(await pool.run(plan(), { tool, input: {} }, never)).toMatchObject({ outcome: 'succeeded' });
    await gone();
  },
);

it('destroys the sandboxes of an install, idle and busy', async () => {
  const pool = open();
  await pool.run(plan({ installId: 'bad' }), echo, never);
  const busy = pool.run(
    plan({ installId: 'bad', versionId: 'version-2' }),
    { tool: 'hang', input: {}, graceMs: 0 },
    never,
  );
  expect(await pool.destroyWhere((key) => key.installId === 'bad')).toBe(2);
  expect(await busy).toMatchObject({ outcome: 'cancelled' });
  expect(await pools.test.leftovers()).toEqual([]);
});

it('fails the runs under way with the platform’s own code when it closes, and takes no more', async () => {
  const pool = open({ maxSandboxes: 1 });
  const runs = [pool.run(plan(), { tool: 'hang', input: {}, graceMs: 0 }, never), pool.run(plan(), echo, never)];
  const refused = Promise.all(runs.map((run) => expect(run).rejects.toMatchObject({ code: 'sandbox_unavailable' })));
  await pool.close();
  await refused;
  await expect(pool.run(plan(), echo, never)).rejects.toMatchObject({ code: 'sandbox_unavailable' });
  expect(await pools.test.leftovers()).toEqual([]);
});

it('throws when the engine is lost in the middle of a run, and what was left behind is found later', async () => {
  const proxy = await openProxy(socketPath);
  const host = await openSandboxHost({ ...pools.test.options, docker: { socketPath: proxy.socketPath } });
  const pool = new SandboxPool(host, pools.options);
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const running = pool.run(plan({ onLog: begun }), { tool: 'logAndHang', input: {} }, never);
  await hasBegun;
  const failed = expect(running).rejects.toMatchObject({ code: 'sandbox_unavailable' });
  await proxy.cut();
  await failed;
  await expect(pool.close()).rejects.toMatchObject({ code: 'sandbox_unavailable' });
  expect(await pools.test.host.removeOrphans()).toBe(1);
});

it('throws when there is no such bundle', async () => {
  const pool = open();
  await expect(pool.run({ ...plan(), bundleDir: '/nonexistent/bundle' }, echo, never)).rejects.toMatchObject({
    code: 'sandbox_unavailable',
  });
});

it('removes what an earlier process left, and nothing else', async () => {
  const earlier = await openSandboxHost(pools.test.options);
  const left = await earlier.start({ ...plan(), lifeMs: 60_000 });
  const pool = open();
  const mine = plan();
  const { sandboxId } = await pool.run(mine, echo, never);
  const others = await openTestHost();
  const otherPool = new SandboxPool(others.host, pools.options);
  const other = plan();
  const first = await otherPool.run(other, echo, never);

  expect(await pools.test.host.removeOrphans()).toBe(1);
  expect((await pools.test.leftovers()).some((name) => name.includes(left.id))).toBe(false);
  expect(await pool.run(mine, echo, never)).toMatchObject({ outcome: 'succeeded', sandboxId });
  expect(await otherPool.run(other, echo, never)).toMatchObject({ outcome: 'succeeded', sandboxId: first.sandboxId });
  await otherPool.close();
  expect(await others.leftovers()).toEqual([]);
});

it('reports every control as held under our profile, and refuses under another', async () => {
  const report = await pools.test.host.probeIsolation();
  expect(missingControls(report)).toEqual([]);
  expect(report.level).not.toBe('refuse');

  const lax = await openSandboxHost({ ...pools.test.options, seccompProfile: '{"defaultAction":"SCMP_ACT_ALLOW"}' });
  const laxReport = await lax.probeIsolation();
  expect(laxReport.level).toBe('refuse');
  expect(
    missingControls(laxReport)
      .map((control) => control.name)
      .sort(),
  ).toEqual(['seccomp_forbidden_call', 'seccomp_inet_datagram', 'seccomp_inet_stream']);
});

it('refuses a host on which the probe can’t even start', async () => {
  const broken = await openSandboxHost({ ...pools.test.options, seccompProfile: 'not a profile' });
  expect(await broken.probeIsolation()).toMatchObject({ level: 'refuse', controls: [{ name: 'probe', held: false }] });
});

it('can’t be opened without an engine', async () => {
  await expect(
    openSandboxHost({ ...pools.test.options, docker: { socketPath: '/nonexistent.sock' } }),
  ).rejects.toMatchObject({ code: 'sandbox_unavailable' });
});
