/** Plugins that do harm of every kind, installed on a stack, and what must hold after each harm. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '@paddock/client';
import type { RunState, Runtime } from '@paddock/contracts';
import { expect } from 'vitest';
import { arsenalSource } from './arsenalSource.js';
import { rows } from './database.js';
import { Docker } from './docker.js';
import { type CallOptions, callTool, installedPlugin } from './plugins.js';
import type { TestStack } from './stack.js';

/** One harm, and how its run must end. */
export interface Harm {
  act: string;
  /** What holds against it. */
  claim: string;
  /** The ways in which the run may end, where it is a race who of the host and the kernel is first. */
  ends: RunState | readonly RunState[];
  code?: string | undefined;
  /** What the answer must match; `undefined` asks nothing of it. */
  output?: unknown;
  input?: Record<string, unknown>;
  timeoutMs?: number;
  /** More to expect of the run. */
  look?: ((run: Run) => void) | undefined;
  /** What is otherwise where gVisor's kernel answers. */
  onGvisor?: Partial<Omit<Harm, 'act' | 'onGvisor'>>;
}

export interface Arsenal {
  act(act: string, input?: Record<string, unknown>, options?: CallOptions): Promise<Run>;
  /** Does a harm, and expects its run to end as it must and everything around it to be as before. */
  withstand(harm: Harm): Promise<Run>;
  /** Expects that nothing of all harms together is left on the host. */
  end(): Promise<void>;
}

const MiB = 1024 * 1024;
/** What an executor may keep of all harms together: less than it would of one that it did not let go. In bytes. */
const EXECUTOR_GROWTH = 256 * MiB;
/** What others on the same machine may write meanwhile, in bytes. */
const DISK_TOLERANCE = 2048 * MiB;
/** What a good run may take after a harm, in milliseconds: its deadline. */
const GOOD_RUN_MS = 2000;
/** How long a sandbox may take to be gone after its run has settled, in milliseconds. */
const GONE_MS = 20_000;

/** Installs the arsenal of a runtime for a tenant of its own, each run in a sandbox of its own and of just that level. */
export async function openArsenal(stack: TestStack, runtime: Runtime, level: 'L1' | 'L3'): Promise<Arsenal> {
  const docker = new Docker(stack.dockerHost);
  const [{ tenant, install, version }, honest] = await Promise.all([
    installedPlugin(stack, await arsenalSource(runtime), { isolation: 'run', minIsolation: level }),
    installedPlugin(stack),
  ]);
  /** The arsenal's containers that were ever seen, each with its sandbox. */
  const seen = new Map<string, string>();
  const before = await hostBytes(stack);

  /** The arsenal's containers, as plugins call their hosts; the pool may have started some ahead of demand. */
  const containers = async () => {
    const all = await docker.listContainers({ all: true, filters: { label: ['paddock=sandbox'] } });
    const ours = all.filter(({ Mounts }) => Mounts.some(({ Source }) => Source.includes(version.id)));
    for (const { Id, Labels } of ours) seen.set(Id.slice(0, 12), Labels['paddock.sandbox'] ?? '?');
    return ours.map(({ Id }) => Id.slice(0, 12));
  };
  /** The sandboxes whose container is gone and whose cgroup is not. */
  const emptyCgroups = async () => {
    const there = await containers();
    return [...seen].filter(([container, sandbox]) => !there.includes(container) && hasCgroup(sandbox));
  };
  const act: Arsenal['act'] = (name, input = {}, options = {}) =>
    callTool(tenant, install.id, 'act', { act: name, ...input }, options);

  const withstand: Arsenal['withstand'] = async (harm) => {
    const { input, timeoutMs, ends, code, output } = harm;
    const running = act(harm.act, input, timeoutMs === undefined ? {} : { timeoutMs });
    const watching = setInterval(() => void containers().catch(() => {}), 100);
    const run = await running.finally(() => clearInterval(watching));
    expect([ends].flat(), `${run.error?.code}: ${run.error?.message}`).toContain(run.state);
    expect(run.isolationLevel === 'L3').toBe(level === 'L3');
    if (code !== undefined) expect(run.error?.code).toBe(code);
    if (output !== undefined) expect(run.output).toEqual(output);
    harm.look?.(run);

    await expectSettledOnce(stack, run);
    const good = await callTool(
      honest.tenant,
      honest.install.id,
      'echo',
      { after: harm.act },
      { timeoutMs: GOOD_RUN_MS },
    );
    expect(good).toMatchObject({ state: 'succeeded', output: { after: harm.act }, attempt: 1 });
    const own = run.logs.map(({ message }) => /^in ([0-9a-f]{12})$/.exec(message)?.[1]).find(Boolean);
    expect(own).toBeDefined();
    await expect.poll(containers, { timeout: GONE_MS, interval: 50 }).not.toContain(own);
    await expect.poll(emptyCgroups, { timeout: GONE_MS, interval: 50 }).toEqual([]);
    expect(folders(stack.scratchFolder).filter((path) => path.includes(version.id))).toHaveLength(1);
    return run;
  };

  const end = async () => {
    expect(seen.size).toBeGreaterThan(0);
    await expect.poll(emptyCgroups, { timeout: GONE_MS, interval: 200 }).toEqual([]);
    const after = await hostBytes(stack);
    expect(before.executors).toBeGreaterThan(0);
    expect(after.executors).toBeLessThan(before.executors + EXECUTOR_GROWTH);
    expect(after.freeDisk).toBeGreaterThan(before.freeDisk - DISK_TOLERANCE);
  };
  return { act, withstand, end };
}

/** One usage record and one settlement, with what the cgroup said and the run shows. */
async function expectSettledOnce(stack: TestStack, run: Run): Promise<void> {
  expect(run).toMatchObject({ attempt: 1, usage: { cpuUs: expect.any(Number) } });
  const usage = await rows<{ attempt: number; cpu: number }>(
    stack,
    'SELECT attempt, cpu_us::float8 AS cpu FROM usage_records WHERE run_id = $1',
    [run.id],
  );
  expect(usage).toEqual([{ attempt: 1, cpu: run.usage?.cpuUs }]);
  expect(run.usage?.cpuUs).toBeGreaterThan(0);
  const settled = await rows<{ outcome: string; code: string | null }>(
    stack,
    `SELECT data->>'outcome' AS outcome, data->>'code' AS code FROM audit_events
     WHERE event = 'run.settled' AND subject_id = $1`,
    [run.id],
  );
  expect(settled).toEqual([{ outcome: run.state, code: run.error?.code ?? null }]);
}

/** Whether a sandbox's cgroup folder is still there, of whatever controller. */
function hasCgroup(sandboxId: string): boolean {
  const root = '/sys/fs/cgroup';
  return ['', ...readdirSync(root)].some((controller) => existsSync(join(root, controller, 'paddock', sandboxId)));
}

/** Every folder below, down to those of the bundles. */
function folders(root: string, depth = 4): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(root, name), ...(depth > 1 ? folders(join(root, name), depth - 1) : [])]);
}

/** What the stack's executors hold in memory, and how much of the disk is free, in bytes. */
async function hostBytes(stack: TestStack): Promise<{ executors: number; freeDisk: number }> {
  let executors = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    if (!(await read('cmdline')).includes('apps/executor/')) continue;
    if (!(await read('environ')).includes(stack.scratchFolder)) continue;
    executors += 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(await read('status'))?.[1] ?? 0);
  }
  const { bavail, bsize } = await statfs(tmpdir());
  return { executors, freeDisk: bavail * bsize };
}
