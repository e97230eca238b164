/** What idle sandboxes hold of the machine's memory, beside as many idle processes: by the kernel's proportional set sizes. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunPlan, type SandboxHost, SandboxPool } from '@paddock/sandbox';

export interface Memory {
  /** Of all processes in one sandbox, in bytes. */
  sandboxBytes: number;
  /** Of the engine's own process for one sandbox, in bytes. */
  helperBytes: number;
  /** Of one `node` that waits, in bytes. */
  processBytes: number;
}

/** As many of each, so that pages that they share count as little for the ones as for the others. */
const EACH = 4;

export async function measureMemory(
  host: SandboxHost,
  spec: Pick<RunPlan, 'runtime' | 'bundleDir' | 'entry' | 'limits'>,
  signal: AbortSignal,
): Promise<Memory> {
  const pool = new SandboxPool(host, {
    maxSandboxes: EACH,
    memoryBytes: Number.MAX_SAFE_INTEGER,
    maxSpares: 0,
    idleMs: 60_000,
    maxAgeMs: 600_000,
    maxRuns: 100,
  });
  const processes = Array.from({ length: EACH }, () =>
    spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' }),
  );
  try {
    const plan = {
      ...spec,
      versionId: 'bench',
      isolation: 'install',
      hostServices: async () => null,
      onLog: () => {},
    } as const;
    const runs = await Promise.all(
      Array.from({ length: EACH }, (_, i) =>
        pool.run({ ...plan, installId: `bench-${i}` }, { tool: 'echo', input: {} }, signal),
      ),
    );
    await sleep(1000);
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
    const sandboxIds = runs.map(({ sandboxId }) => sandboxId);
    const inside = all.filter((pid) => sandboxIds.some((id) => read(pid, 'cgroup').includes(id)));
    // The engine's helper names its container, which the cgroup of whoever is in it ends with.
    const containers = inside.flatMap((pid) => /([0-9a-f]{64})$/m.exec(read(pid, 'cgroup'))?.[1] ?? []);
    const helpers = all.filter(
      (pid) =>
        read(pid, 'comm').startsWith('containerd-shim') && containers.some((id) => read(pid, 'cmdline').includes(id)),
    );
    const pids = processes.flatMap(({ pid }) => pid ?? []);
    return { sandboxBytes: each(inside), helperBytes: each(helpers), processBytes: each(pids) };
  } finally {
    for (const child of processes) child.kill();
    await pool.close();
  }
}

const each = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + pssBytes(pid), 0) / EACH;

function pssBytes(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024;
}

/** Empty when the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
