import { beforeEach, describe, expect, it } from 'vitest';
import type { RunResult, SandboxPool } from '../index.js';
import { planFor, type TestPlan, writeBundle } from './harness.js';
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

describe('a good run', () => {
  it('answers, and what it used is known', async () => {
    const result = await call(plan(), 'echo', { a: 1 });
    expect(result).toMatchObject({ outcome: 'succeeded', output: { input: { a: 1 }, calls: 1 }, start: 'fresh' });
    expect(result.usage.cpuUs).toBeGreaterThan(1000);
    expect(result.usage.peakMemoryBytes).toBeGreaterThan(10_000_000);
    expect(result.usage.wallMs).toBeGreaterThan(0);
    expect(result.usage.outputBytes).toBeGreaterThan(0);
  });

  it('finds its sandbox warm the second time, and is billed for itself alone', async () => {
    const mine = plan();
    const first = await call(mine, 'echo');
    const second = await call(mine, 'echo');
    expect(second).toMatchObject({
      outcome: 'succeeded',
      start: 'warm',
      sandboxId: first.sandboxId,
      output: { calls: 2 },
    });
    expect(second.usage.cpuUs).toBeLessThan(first.usage.cpuUs);
  });

  it('has a sandbox of its own under isolation "run"', async () => {
    const mine = plan({ isolation: 'run' });
    const [first, second] = [await call(mine, 'echo'), await call(mine, 'echo')];
    expect([first.start, second.start]).toEqual(['fresh', 'fresh']);
    expect(second.sandboxId).not.toBe(first.sandboxId);
    expect(second.output).toMatchObject({ calls: 1 });
  });

  it('gives its content where it has no structured content', async () => {
    expect((await call(plan(), 'content')).output).toEqual([{ type: 'text', text: 'plain' }]);
  });

  it('loses a __proto__ on the way', async () => {
    const { output } = await call(plan(), 'proto');
    expect(Object.getOwnPropertyNames(output)).toEqual(['a']);
  });

  it('makes do with garbage collection when it only needs a little at a time', async () => {
    expect(await call(plan({ limits: { memoryBytes: 80 << 20 } }), 'churn')).toMatchObject({ outcome: 'succeeded' });
  });

  it('logs through stderr and the protocol, cleaned', async () => {
    const mine = plan();
    await call(mine, 'log');
    await call(mine, 'echo');
    const lines = mine.log.map(({ level, message }) => `${level}: ${message}`).sort();
    expect(lines).toEqual(['stderr: to stderr', 'warning: two lines']);
  });
});

describe('what a sandbox sees', () => {
  it('is its bundle, its inputs and a small /tmp, and no network, host or shell', async () => {
    const files = await writeBundle({ 'data.txt': 'given' });
    const { output } = await call(plan({ inputs: [{ hostPath: `${files.dir}/data.txt`, name: 'data.txt' }] }), 'look');
    await files.remove();
    expect(output).toMatchObject({
      tcp: 'EPERM',
      root: 'EROFS',
      bundle: 'EROFS',
      input: 'given',
      inputWrite: 'EROFS',
      tmp: 'ok',
      tmpFill: 'ENOSPC',
      hostFiles: [],
      env: ['HOME', 'HOSTNAME', 'PATH'],
      shell: 'ENOENT',
      uid: 65532,
    });
    const { top, kallsyms } = output as { top: unknown; kallsyms: unknown };
    // Landlock, where the kernel has it, does not even let it look.
    expect([
      'EACCES',
      ['.dockerenv', 'dev', 'etc', 'input', 'lib', 'lib64', 'plugin', 'proc', 'sys', 'tmp', 'usr'],
    ]).toContainEqual(top);
    expect([0, 'EACCES', 'done']).toContain(kallsyms);
  });

  it('is never another install’s', async () => {
    const results = await Promise.all(['a', 'b'].map((installId) => call(plan({ installId }), 'echo')));
    const again = await Promise.all(['a', 'b'].map((installId) => call(plan({ installId }), 'echo')));
    expect(new Set(results.map((result) => result.sandboxId)).size).toBe(2);
    // The plans differ in their log alone, so each install finds its own sandbox again.
    expect(again.map((result) => result.sandboxId)).toEqual(results.map((result) => result.sandboxId));
  });

  it('is not an older version’s, and not one with other limits', async () => {
    const [a, b, c] = [
      await call(plan({ installId: 'i' }), 'echo'),
      await call(plan({ installId: 'i', versionId: 'version-2' }), 'echo'),
      await call(plan({ installId: 'i', limits: { pids: 65 } }), 'echo'),
    ];
    expect(new Set([a.sandboxId, b.sandboxId, c.sandboxId]).size).toBe(3);
  });
});

describe('a bad run', () => {
  const bad: [string, Partial<RunResult>, string, unknown?][] = [
    ['toolError', { outcome: 'failed', error: { code: 'tool_error', message: 'no such city' } }, 'the tool says so'],
    ['rpcError', { outcome: 'failed', error: { code: 'tool_error', message: 'rpc' } }, 'it answers an error'],
    ['big', { outcome: 'output_limit' }, 'its result is too large', { bytes: 1_100_000 }],
    ['floodStderr', { outcome: 'output_limit' }, 'it floods stderr'],
    ['floodStdout', { outcome: 'output_limit' }, 'it floods stdout'],
    ['endlessLine', { outcome: 'protocol_error' }, 'it writes a line without end'],
    ['garbage', { outcome: 'protocol_error' }, 'it writes something else'],
    ['wrongId', { outcome: 'protocol_error' }, 'it answers what nobody asked'],
    ['badResult', { outcome: 'protocol_error' }, 'its result is no result'],
    ['exit', { outcome: 'crashed' }, 'it exits', { code: 0 }],
    ['killSelf', { outcome: 'crashed' }, 'it kills itself'],
    ['daemonize', { outcome: 'crashed' }, 'it leaves a child behind that holds stdout'],
    ['eatBuffers', { outcome: 'out_of_memory' }, 'it eats memory outside of the heap'],
    ['eatHeap', { outcome: 'out_of_memory' }, 'it eats its heap'],
    ['childEats', { outcome: 'out_of_memory' }, 'its child eats memory and it answers'],
    ['childEatsAndExit0', { outcome: 'out_of_memory' }, 'its child eats memory and it exits with 0'],
  ];
  it.each(bad)('%s: %o when %s', async (tool, expected, _when, input) => {
    const mine = plan();
    const result = await call(mine, tool, input ?? {});
    expect(result).toMatchObject(expected);
    expect(result.usage.cpuUs).toBeGreaterThan(0);
    // The next run of the same install finds a sandbox that works.
    expect(await call(mine, 'echo')).toMatchObject({ outcome: 'succeeded' });
  });

  it.each([['spin'], ['hang'], ['ignoreSignals']])('%s past its deadline is timed_out', async (tool) => {
    const mine = plan();
    const before = await call(mine, 'echo');
    const result = await call(mine, tool, {}, { deadlineMs: 400, graceMs: 50 });
    expect(result).toMatchObject({ outcome: 'timed_out', error: { code: 'deadline_exceeded' }, start: 'warm' });
    expect(result.usage.wallMs).toBeGreaterThanOrEqual(400);
    expect((await call(mine, 'echo')).sandboxId).not.toBe(before.sandboxId);
  });

  it('is billed for the processor time that it burned', async () => {
    const mine = plan();
    await call(mine, 'echo');
    const result = await call(mine, 'spin', {}, { deadlineMs: 500, graceMs: 0 });
    expect(result.usage.cpuUs).toBeGreaterThan(100_000);
  });

  it('is cancelled by its caller’s signal, in the middle and before it begins', async () => {
    const stop = new AbortController();
    const mine = plan({ onLog: () => stop.abort() });
    await call(mine, 'echo');
    const running = pool.run(mine, { tool: 'hang', input: {}, graceMs: 50 }, stop.signal);
    setTimeout(() => stop.abort(), 100);
    expect(await running).toMatchObject({ outcome: 'cancelled', error: { code: 'cancelled_by_caller' } });
    expect(await pool.run(mine, { tool: 'echo', input: {} }, stop.signal)).toMatchObject({
      outcome: 'cancelled',
      sandboxId: '',
    });
  });

  it('makes no more processes than its limit', async () => {
    const result = await call(
      plan({ limits: { pids: 32, memoryBytes: 256 << 20 } }),
      'forks',
      {},
      { deadlineMs: 10_000 },
    );
    expect(['succeeded', 'crashed', 'out_of_memory', 'timed_out']).toContain(result.outcome);
    expect((result.output as { made: number } | undefined)?.made ?? 0).toBeLessThan(32);
  });

  it('is a plugin that does not start', async () => {
    const broken = await writeBundle({ 'plugin.mjs': 'throw new Error("broken at start")' });
    const mine = planFor(broken.dir);
    const result = await call(mine, 'echo');
    await broken.remove();
    expect(result).toMatchObject({ outcome: 'crashed', error: { code: 'process_exited' } });
    expect(mine.log.map((line) => line.message).join()).toContain('broken at start');
  });

  it('counts its first answer, and the sandbox is not used again after a second', async () => {
    const mine = plan();
    const first = await call(mine, 'answerTwice');
    expect(first).toMatchObject({ outcome: 'succeeded', output: { first: true } });
    // The second answer may come before or after the next run has begun.
    const next = await call(mine, 'echo');
    expect(['succeeded', 'protocol_error']).toContain(next.outcome);
    expect(await call(mine, 'echo')).toMatchObject({ outcome: 'succeeded' });
  });
});

describe('listTools', () => {
  it('lists them, in the sandbox that the first run then has', async () => {
    const mine = plan();
    const listing = await pool.listTools(mine, never);
    expect(listing.outcome).toBe('succeeded');
    expect(listing.tools?.[0]).toMatchObject({ name: 'echo', inputSchema: { type: 'object' } });
    expect(await call(mine, 'echo')).toMatchObject({ outcome: 'succeeded', start: 'warm', output: { calls: 1 } });
  });

  it('says how a plugin failed', async () => {
    const silent = await writeBundle({ 'plugin.mjs': 'process.stdin.resume()' });
    const listing = await pool.listTools(planFor(silent.dir, { limits: { timeoutMs: 700 } }), never);
    await silent.remove();
    expect(listing).toMatchObject({ outcome: 'timed_out' });
  });
});
