import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SandboxCgroup, sandboxIdsWithCgroup } from './cgroup.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'paddock-cgroup-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const files = async (contents: Record<string, string>) => {
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
};

describe('cgroup v2 under systemd', () => {
  const facts = { cgroupDriver: 'systemd', cgroupVersion: 2 } as const;
  const base = 'paddock.slice/paddock-abcdefgh.slice';

  it('reads use, limits and kills', async () => {
    await files({
      [`${base}/cpu.stat`]: 'usage_usec 4321\nuser_usec 4000\n',
      [`${base}/memory.peak`]: '5000000\n',
      [`${base}/memory.current`]: '4000000\n',
      [`${base}/io.stat`]:
        '8:0 rbytes=100 wbytes=7 rios=3 wios=1 dbytes=0 dios=0\n259:0 rbytes=20 wbytes=0 rios=1 wios=0\n',
      [`${base}/memory.events`]: 'low 0\noom 2\noom_kill 1\n',
      [`${base}/docker-x.scope/memory.max`]: '134217728\n',
      [`${base}/docker-x.scope/memory.swap.max`]: '0\n',
      [`${base}/docker-x.scope/pids.max`]: '64\n',
      [`${base}/docker-x.scope/pids.events`]: 'max 12\n',
      [`${base}/docker-x.scope/cpu.max`]: '50000 100000\n',
      [`${base}/docker-x.scope/cgroup.procs`]: '1\n2\n',
    });
    const cgroup = new SandboxCgroup(facts, root, 'abcdefgh');
    expect(cgroup.cpuUs()).toBe(4321);
    expect(cgroup.peakBytes()).toBe(5_000_000);
    expect(cgroup.memoryBytes()).toBe(4_000_000);
    expect(cgroup.io()).toEqual({ readBytes: 120, writeBytes: 7 });
    expect(cgroup.oomKills()).toBe(1);
    expect(cgroup.refusedPids()).toBe(12);
    expect(cgroup.limits()).toEqual({ memoryBytes: 134217728, swapBytes: 0, pids: 64, cpuMillis: 500, processes: 2 });
    expect(await sandboxIdsWithCgroup(facts, root)).toEqual(new Set(['abcdefgh']));
  });

  it('takes "max" for no limit', async () => {
    await files({
      [`${base}/docker-x.scope/memory.max`]: 'max\n',
      [`${base}/docker-x.scope/pids.max`]: 'max\n',
      [`${base}/docker-x.scope/cpu.max`]: 'max 100000\n',
    });
    const limits = new SandboxCgroup(facts, root, 'abcdefgh').limits();
    expect(limits).toEqual({
      memoryBytes: undefined,
      swapBytes: undefined,
      pids: undefined,
      cpuMillis: undefined,
      processes: 0,
    });
  });

  it('takes the present use for the peak on a kernel that keeps none', async () => {
    await files({ [`${base}/memory.current`]: '1000\n' });
    expect(new SandboxCgroup(facts, root, 'abcdefgh').peakBytes()).toBe(1000);
  });
});

describe('cgroup v1', () => {
  const facts = { cgroupDriver: 'cgroupfs', cgroupVersion: 1 } as const;
  const base = 'paddock/abcdefgh';

  it('reads use, limits and kills, and begins a new peak', async () => {
    await files({
      [`cpuacct/${base}/cpuacct.usage`]: '4321999\n',
      [`memory/${base}/memory.max_usage_in_bytes`]: '5000000\n',
      [`memory/${base}/memory.usage_in_bytes`]: '4000000\n',
      [`blkio/${base}/blkio.throttle.io_service_bytes_recursive`]:
        '8:0 Read 100\n8:0 Write 7\n8:0 Sync 107\n8:0 Total 107\n259:0 Read 20\nTotal 127\n',
      [`memory/${base}/c/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
      [`memory/${base}/c/memory.limit_in_bytes`]: '134217728\n',
      [`memory/${base}/c/memory.memsw.limit_in_bytes`]: '9223372036854771712\n',
      [`pids/${base}/c/pids.max`]: '64\n',
      [`pids/${base}/c/pids.events`]: 'max 13\n',
      [`pids/${base}/c/cgroup.procs`]: '1\n',
      [`cpu/${base}/c/cpu.cfs_quota_us`]: '-1\n',
      [`cpu/${base}/c/cpu.cfs_period_us`]: '100000\n',
    });
    const cgroup = new SandboxCgroup(facts, root, 'abcdefgh');
    expect(cgroup.cpuUs()).toBe(4322);
    expect(cgroup.peakBytes()).toBe(5_000_000);
    expect(cgroup.memoryBytes()).toBe(4_000_000);
    expect(cgroup.io()).toEqual({ readBytes: 120, writeBytes: 7 });
    expect(cgroup.oomKills()).toBe(3);
    expect(cgroup.refusedPids()).toBe(13);
    expect(cgroup.limits()).toEqual({
      memoryBytes: 134217728,
      swapBytes: undefined,
      pids: 64,
      cpuMillis: undefined,
      processes: 1,
    });
    cgroup.resetPeak();
    expect(cgroup.peakBytes()).toBe(0);
    cgroup.close();
    expect(cgroup.peakBytes()).toBe(0);
  });

  it('removes its folders in every hierarchy, and no other sandbox’s', async () => {
    for (const controller of ['memory', 'pids', 'cpu']) {
      await mkdir(join(root, controller, base, 'c'), { recursive: true });
      await mkdir(join(root, controller, 'paddock/otherone'), { recursive: true });
    }
    await new SandboxCgroup(facts, root, 'abcdefgh').remove();
    for (const controller of ['memory', 'pids', 'cpu'])
      expect(await readdir(join(root, controller, 'paddock'))).toEqual(['otherone']);
    expect(await sandboxIdsWithCgroup(facts, root)).toEqual(new Set(['otherone']));
  });

  it('is content when there is nothing to read or remove', async () => {
    const cgroup = new SandboxCgroup(facts, root, 'abcdefgh');
    await cgroup.remove();
    expect([cgroup.cpuUs(), cgroup.peakBytes(), cgroup.oomKills(), cgroup.refusedPids()]).toEqual([0, 0, 0, 0]);
    expect(cgroup.io()).toEqual({ readBytes: 0, writeBytes: 0 });
  });
});
