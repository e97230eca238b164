/**
 * How soon a sandbox is dead that is to end: by the clock, with bounds for a machine that is busy with other tests.
 * `npm run bench -- sandbox` has the figures.
 */
import Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { SandboxPool } from '../index.js';
import { openTestHost, planFor, socketPath, type TestHost, writeBundle } from './harness.js';

/** Grace and a second is promised; the rest is for a machine with more to do than it can. */
const BUSY_MS = 5000;

let test: TestHost;
let bundle: Awaited<ReturnType<typeof writeBundle>>;
let pool: SandboxPool;
beforeAll(async () => {
  test = await openTestHost();
  bundle = await writeBundle();
  const options = { maxSandboxes: 2, memoryBytes: 4 * 1024 ** 3, maxSpares: 0, idleMs: 60_000, maxAgeMs: 600_000 };
  pool = new SandboxPool(test.host, { ...options, maxRuns: 1000 });
});
afterEach(async () => {
  await pool.destroyWhere(() => true);
  expect(await test.leftovers()).toEqual([]);
});
afterAll(async () => {
  await pool.close();
  await bundle.remove();
});

/** The state of the container, by the engine’s word, or `gone`. */
const stateOf = async (sandboxId: string) => {
  const container = new Docker({ socketPath }).getContainer(`paddock-${sandboxId}`);
  return container.inspect().then(
    ({ State }) => State.Status,
    () => 'gone',
  );
};

it.each([
  ['spins', 'spin', 0],
  ['hangs', 'hang', 0],
  ['minds no signal and no cancellation', 'ignoreSignals', 500],
  ['has begun as many processes as it may', 'forks', 0],
])('is dead soon after its cancellation and grace when it %s', async (_what, tool, graceMs) => {
  const stop = new AbortController();
  const begun = planFor(bundle.dir, { limits: { memoryBytes: 256 << 20 } });
  // Warm, so that what is cancelled is the tool and not the start.
  await pool.run(begun, { tool: 'echo', input: {} }, new AbortController().signal);
  const running = pool.run(begun, { tool, input: {}, graceMs }, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, tool === 'forks' ? 50 : 200));
  const stoppedAt = performance.now();
  stop.abort();
  const result = await running;
  const tookMs = performance.now() - stoppedAt;
  expect(result.outcome).toBe('cancelled');
  expect(['exited', 'dead', 'removing', 'gone']).toContain(await stateOf(result.sandboxId));
  expect(tookMs).toBeGreaterThanOrEqual(graceMs - 1);
  expect(tookMs).toBeLessThan(graceMs + 1000 + BUSY_MS);
});

it('is dead soon after its deadline and grace', async () => {
  const call = { tool: 'ignoreSignals', input: {}, deadlineMs: 600, graceMs: 300 };
  const result = await pool.run(planFor(bundle.dir), call, new AbortController().signal);
  expect(result.outcome).toBe('timed_out');
  expect(['exited', 'dead', 'removing', 'gone']).toContain(await stateOf(result.sandboxId));
  expect(result.usage.wallMs).toBeGreaterThanOrEqual(900 - 1);
  expect(result.usage.wallMs).toBeLessThan(900 + 1000 + BUSY_MS);
});

it('is not waited for any longer once it has answered to its cancellation', async () => {
  const plan = planFor(bundle.dir);
  const stop = new AbortController();
  await pool.run(plan, { tool: 'echo', input: {} }, new AbortController().signal);
  const running = pool.run(plan, { tool: 'sleep', input: { ms: 600 }, graceMs: 10_000 }, stop.signal);
  setTimeout(() => stop.abort(), 100);
  const result = await running;
  expect(result.outcome).toBe('cancelled');
  expect(result.usage.wallMs).toBeLessThan(9000);
});
