/** The isolation levels, on engines that have what each needs and on one that has not. */
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attack } from '../attacks/index.js';
import { missingControls, openSandboxHost, type SandboxHost, SandboxPool } from '../index.js';
import { openTestHost, planFor, type TestHost, writeBundle } from './harness.js';
import { canStartEngines, type OwnEngine, startEngine } from './ownEngine.js';

const never = new AbortController().signal;

/** An engine for the tests of a suite, and a host on it. */
function engineWith(features: { remapped: boolean; gvisor: boolean }) {
  const suite = {} as { engine: OwnEngine; test: TestHost };
  beforeAll(async () => {
    suite.engine = await startEngine(features);
    suite.test = await openTestHost(new Docker({ socketPath: suite.engine.socketPath }));
  }, 120_000);
  afterAll(async () => {
    expect(await suite.test.leftovers()).toEqual([]);
    await suite.engine.stop();
  });
  return suite;
}

describe.runIf(canStartEngines())('a host without user namespaces', () => {
  const suite = engineWith({ remapped: false, gvisor: false });

  it('has L1 and no more, whatever its kernel can do', async () => {
    const report = await suite.test.host.probeIsolation();
    expect(report.places).toEqual([{ level: 'L1', kernel: 'host' }]);
    expect(missingControls(report)).toEqual([]);
    expect(missingControls(report, 'L2').map(({ name }) => name)).toContain('user_namespace');
  });

  it('has no L3 by the mere word of its configuration', async () => {
    const host = await openSandboxHost({ ...suite.test.options, gvisorRuntime: 'runsc' });
    const report = await host.probeIsolation();
    expect(report.level).toBe('L1');
    expect(missingControls(report, 'L3')).toContainEqual(expect.objectContaining({ name: 'probe', kernel: 'gvisor' }));
    // The engine's own runtime under gVisor's name: nothing in it behaves as gVisor would.
    const impostor = await openSandboxHost({ ...suite.test.options, gvisorRuntime: 'runc' });
    expect((await impostor.probeIsolation()).level).toBe('L1');
  });
});

describe.runIf(canStartEngines('runsc'))('a host with user namespaces and gVisor', () => {
  const suite = engineWith({ remapped: true, gvisor: true });
  let bundle: Awaited<ReturnType<typeof writeBundle>>;
  let pool: SandboxPool;
  let host: SandboxHost;
  beforeAll(async () => {
    bundle = await writeBundle();
    host = await openSandboxHost({ ...suite.test.options, gvisorRuntime: 'runsc' });
    pool = new SandboxPool(host, {
      ...{ maxSandboxes: 4, memoryBytes: 4 * 1024 ** 3, maxSpares: 0 },
      ...{ idleMs: 600_000, maxAgeMs: 600_000, maxRuns: 1000 },
    });
  });
  afterAll(async () => {
    await pool.close();
    await bundle.remove();
  });

  it.each([
    { level: 'L2', kernel: 'host' },
    { level: 'L3', kernel: 'gvisor' },
  ] as const)('lets an attacker at $level get what the table says, and nothing else', async (place) => {
    const { attempts, held } = await attack(host, { place });
    expect(attempts.filter((attempt) => !attempt.held)).toEqual([]);
    expect(held).toBe(true);
  });
  const plan = (change: Parameters<typeof planFor>[1] = {}) =>
    planFor(bundle.dir, { kernel: 'gvisor', ...change, limits: { timeoutMs: 60_000, ...change.limits } });

  it('has L2 on its own kernel and L3 on gVisor, and nothing is missing', async () => {
    const host = await openSandboxHost({ ...suite.test.options, gvisorRuntime: 'runsc' });
    const report = await host.probeIsolation();
    expect(missingControls(report, 'L3')).toEqual([]);
    expect(report.places).toEqual([
      { level: 'L2', kernel: 'host' },
      { level: 'L3', kernel: 'gvisor' },
    ]);
  });

  it('never gives a run on gVisor a sandbox on the host’s kernel, nor the other way round', async () => {
    const install = { installId: 'one' };
    const first = await pool.run(plan(install), { tool: 'echo', input: {} }, never);
    const other = await pool.run(plan({ ...install, kernel: 'host' }), { tool: 'echo', input: {} }, never);
    const again = await pool.run(plan(install), { tool: 'echo', input: {} }, never);
    expect([first, other, again].map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(other.sandboxId).not.toBe(first.sandboxId);
    expect(again).toMatchObject({ sandboxId: first.sandboxId, start: 'warm' });
    expect(first.usage.cpuUs).toBeGreaterThan(0);
    expect(first.usage.peakMemoryBytes).toBeGreaterThan(1024 ** 2);
  });

  it.each([
    ['eatBuffers', 'out_of_memory'],
    ['childEatsAndExit0', 'out_of_memory'],
    ['floodStdout', 'output_limit'],
    ['garbage', 'protocol_error'],
    ['daemonize', 'crashed'],
  ])('ends a bad run as it does on the host’s kernel: %s is %s', async (tool, outcome) => {
    expect(await pool.run(plan(), { tool, input: {} }, never)).toMatchObject({ outcome });
  });

  it('ends a run at its deadline, and bills what it used', async () => {
    const mine = plan();
    await pool.run(mine, { tool: 'echo', input: {} }, never);
    const run = await pool.run(mine, { tool: 'spin', input: {}, deadlineMs: 3000, graceMs: 0 }, never);
    expect(run.outcome).toBe('timed_out');
    expect(run.usage.cpuUs).toBeGreaterThan(100_000);
  });
});
