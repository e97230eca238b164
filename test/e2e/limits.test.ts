/** Each limit as a tenant meets it: set on the install, held by the sandbox, told on the run. */
import { followRun, unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectCode } from '../support/errors.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestStack, testStack } from '../support/stack.js';

const MiB = 1024 * 1024;
/** The error code of an attempt; how often it went well before, at most 5,000 times. */
const REPEAT = `let done = 0; let code = 'none';
  try { for (; done < 5000; done++) act(done); } catch (error) { code = error.code; }
  return { done, code };`;
const TOOLS = {
  echo: { body: 'return input' },
  hang: {
    body: `send({ method: 'notifications/progress', params: { progressToken: 0, progress: 1 } }); await new Promise(() => {})`,
  },
  spin: { body: 'for (const end = performance.now() + (input.ms ?? 1e9); performance.now() < end;); return {}' },
  eat: { body: 'const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1))' },
  childEats: {
    body: `const { spawnSync } = await import('node:child_process');
      spawnSync(process.execPath, ['-e', 'const a=[];for(;;)a.push(Buffer.alloc(8<<20,1))']); process.exit(0);`,
  },
  oneFile: {
    body: `const fs = await import('node:fs'); const file = fs.openSync('/tmp/one', 'w'); const piece = Buffer.alloc(65536);
      const act = () => fs.writeSync(file, piece); ${REPEAT}`,
  },
  manyFiles: {
    body: `const fs = await import('node:fs'); const act = (n) => fs.writeFileSync('/tmp/' + n, ''); ${REPEAT}`,
  },
  fillTmp: {
    body: `const fs = await import('node:fs'); const piece = Buffer.alloc(65536);
      const act = (n) => fs.writeFileSync('/tmp/' + n, piece); ${REPEAT}`,
  },
  openFiles: {
    body: `const fs = await import('node:fs'); const act = () => fs.openSync('/plugin/main.mjs'); ${REPEAT}`,
  },
  threads: {
    body: `const { spawn } = await import('node:child_process'); let done = 0;
      for (; done < 600; done++) { const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']); child.on('error', () => {}); if (!child.pid) break; }
      return { done }`,
  },
  log: {
    body: `for (let n = 0; n < input.count; n++) {
        const params = { level: 'info', data: 'x'.repeat(input.bytes) };
        if (!process.stdout.write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params }) + '\\n'))
          await new Promise((on) => process.stdout.once('drain', on));
      }
      return { written: input.count }`,
  },
  answer: { body: "return { text: 'x'.repeat(input.bytes) }" },
};

describe('a limit', () => {
  let stack: TestStack;
  let made: Awaited<ReturnType<typeof installedPlugin>>;
  beforeAll(async () => {
    stack = await testStack();
    made = await installedPlugin(stack, { tools: TOOLS, manifest: { limits: { memoryBytes: 256 * MiB } } });
  });
  /** Calls a tool of an install of its own, which goes afterwards. */
  const callUnder = async (limits: Record<string, number>, tool: string, input: Record<string, unknown> = {}) => {
    const { tenant, version } = made;
    const body = { plugin: version.plugin, limits, isolation: 'run' as const };
    const install = await unwrap(tenant.client.POST('/v1/installs', { body }));
    const run = await callTool(tenant, install.id, tool, input, { wait: 45 });
    await unwrap(tenant.client.DELETE('/v1/installs/{id}', { params: { path: { id: install.id } } }));
    expect(run.limits).toMatchObject(limits);
    return run;
  };

  it('of CPU time ends the run as cpu_exhausted, before its deadline', async () => {
    const run = await callUnder({ cpuTimeMs: 600, timeoutMs: 10_000 }, 'spin');
    expect(run).toMatchObject({ state: 'cpu_exhausted', error: { code: 'cpu_time_exceeded' }, output: null });
    expect(run.usage?.cpuUs).toBeGreaterThanOrEqual(600_000);
    expect(run.usage?.wallMs).toBeLessThan(10_000);
  });

  it('of the CPU quota slows the run down', async () => {
    const run = await callUnder({ cpuMillis: 200 }, 'spin', { ms: 2000 });
    expect(run).toMatchObject({ state: 'succeeded' });
    // A fifth of a core; twice that for the start’s burst and the kernel’s periods of 100 ms.
    expect((run.usage?.cpuUs ?? 0) / 1000 / (run.usage?.wallMs ?? 1)).toBeLessThan(0.4);
  });

  it.each(['spin', 'hang'])('of time ends the run as timed_out: %s', async (tool) => {
    const run = await callUnder({ timeoutMs: 1500 }, tool);
    expect(run).toMatchObject({ state: 'timed_out', error: { code: 'deadline_exceeded' } });
    expect(run.usage?.wallMs).toBeGreaterThanOrEqual(1500);
  });

  it.each(['eat', 'childEats'])('of memory ends the run as out_of_memory: %s', async (tool) => {
    const run = await callUnder({ memoryBytes: 96 * MiB }, tool);
    expect(run).toMatchObject({ state: 'out_of_memory', error: { code: 'memory_exceeded' } });
    // The sandbox’s own cgroup, one above the container’s, has some KiB beside it.
    expect(run.usage?.peakMemoryBytes).toBeLessThanOrEqual(97 * MiB);
  });

  it.each<[string, Record<string, number>, string, string, number]>([
    ['the size of a file', { fileBytes: 1 * MiB }, 'oneFile', 'EFBIG', 16],
    ['the files in /tmp', { tmpInodes: 32 }, 'manyFiles', 'ENOSPC', 31],
    ['the size of /tmp', { tmpBytes: 2 * MiB }, 'fillTmp', 'ENOSPC', 32],
    ['open files', { openFiles: 64 }, 'openFiles', 'EMFILE', 64],
  ])('of %s is an error inside, which the plugin may live with', async (_name, limits, tool, code, most) => {
    const run = await callUnder(limits, tool);
    expect(run).toMatchObject({ state: 'succeeded', output: { code } });
    const { done } = run.output as { done: number };
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThanOrEqual(most);
  });

  it('of processes holds them all together', async () => {
    const run = await callUnder({ pids: 32, memoryBytes: 256 * MiB }, 'threads');
    expect(run.state).toMatch(/^(succeeded|crashed|out_of_memory)$/);
    expect((run.output as { done: number } | null)?.done ?? 0).toBeLessThan(32);
  });

  it('of messages a second makes the plugin wait, and no run ends for it', async () => {
    const run = await callUnder({ messagesPerSecond: 50 }, 'log', { count: 300, bytes: 2000 });
    expect(run).toMatchObject({ state: 'succeeded', output: { written: 300 } });
    // 300 at 50 a second, of which the first second's worth and what one read takes in are let through at once.
    expect(run.usage?.wallMs).toBeGreaterThan(2000);
    const unhindered = await callUnder({}, 'log', { count: 300, bytes: 2000 });
    expect(unhindered.usage?.wallMs).toBeLessThan(run.usage?.wallMs ?? 0);
  });

  it.each<[string, Record<string, number>, string, Record<string, unknown>, string, string]>([
    ['output', { outputBytes: 100_000 }, 'log', { count: 300, bytes: 2000 }, 'output_limit', 'output_exceeded'],
    ['one message', { messageBytes: 50_000 }, 'answer', { bytes: 60_000 }, 'protocol_error', 'protocol_violation'],
    ['the result', { resultBytes: 50_000 }, 'answer', { bytes: 60_000 }, 'output_limit', 'result_too_large'],
  ])('of %s ends the run', async (_name, limits, tool, input, state, code) => {
    expect(await callUnder(limits, tool, input)).toMatchObject({ state, error: { code } });
  });

  it('is the smallest of manifest, install and plan, each by itself', async () => {
    const { tenant, install } = await installedPlugin(
      stack,
      { name: 'limited', manifest: { limits: { cpuTimeMs: 900_000, fileBytes: 2 * MiB, tmpInodes: 64 } } },
      { limits: { cpuTimeMs: 900_000, fileBytes: 8 * MiB, tmpInodes: 48, messagesPerSecond: 100_000 } },
    );
    const run = await callTool(tenant, install.id, 'echo');
    expect(run.limits).toMatchObject({ cpuTimeMs: 60_000, fileBytes: 2 * MiB, tmpInodes: 48, messagesPerSecond: 1000 });
  });

  it('leaves figures of what was used', async () => {
    const run = await callUnder({}, 'spin', { ms: 500 });
    const { wallMs = 0, memoryByteMs = 0, peakMemoryBytes = 0, ioWriteBytes } = run.usage ?? {};
    // Never more than the peak for all of the time, and a program of this kind holds some MiB all the while.
    expect(memoryByteMs).toBeLessThanOrEqual(peakMemoryBytes * (wallMs + 1));
    expect(memoryByteMs).toBeGreaterThan(4 * MiB * 500);
    expect(ioWriteBytes).toBe(0);
    const report = await unwrap(made.tenant.client.GET('/v1/usage'));
    const entry = report.items.find(({ installId }) => installId === run.installId);
    expect(entry).toMatchObject({ runs: 1, memoryByteMs, cpuUs: run.usage?.cpuUs });
  });

  it('besides the tenant’s own: a revocation ends the run as revoked, and there is no other run after it', async () => {
    const mine = await installedPlugin(stack, { name: 'revoked', tools: TOOLS }, { limits: { timeoutMs: 45_000 } });
    const run = await callTool(mine.tenant, mine.install.id, 'hang', {}, { wait: 0 });
    const path = { id: run.id };
    // A run is running from its claim on; its plugin, once it says so.
    const progress = async () => (await unwrap(mine.tenant.client.GET('/v1/runs/{id}', { params: { path } }))).progress;
    await expect.poll(progress).toMatchObject({ done: 1 });
    const revoke = (client: typeof stack.admin.client) =>
      unwrap(
        client.POST('/v1/versions/{id}/revoke', {
          params: { path: { id: mine.version.id } },
          body: { reason: 'It was found to be malicious.' },
        }),
      );
    await expectCode(revoke(mine.publisher.client), 'not_allowed');
    expect(await revoke(stack.admin.client)).toMatchObject({ state: 'revoked' });
    expect(await revoke(stack.admin.client)).toMatchObject({ state: 'revoked' });
    const ended = await followRun(mine.tenant.client, run.id);
    expect(ended).toMatchObject({ state: 'revoked', error: { code: 'version_not_published' }, output: null });
    expect(ended.usage?.cpuUs).toBeGreaterThan(0);
    await expectCode(callTool(mine.tenant, mine.install.id, 'echo'), 'version_not_published');
    const version = await unwrap(
      stack.admin.client.GET('/v1/versions/{id}', { params: { path: { id: mine.version.id } } }),
    );
    expect(version.state).toBe('revoked');
  });
});
