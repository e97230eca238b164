/** What a sandbox does when its engine is killed and stays away: nobody can end it then but itself. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '@paddock/contracts';
import Docker from 'dockerode';
import { expect, it } from 'vitest';
import { openSandboxHost } from '../index.js';
import { openTestHost, writeBundle } from './harness.js';

/** An engine in namespaces of its own, as infra/local/engine.sh has it; but it comes back only when the file `down` has gone. */
const ENGINE = `
mount -t tmpfs -o mode=0755,nosuid,nodev paddock /run || exit 1
while :; do
  dockerd --host="unix://$1/docker.sock" --data-root="$1/data" --exec-root=/run/docker --pidfile=/run/docker.pid \
    --exec-opt=native.cgroupdriver=cgroupfs --bridge=none --iptables=false --ip6tables=false >>"$1/log" 2>&1 </dev/null
  while [ -e "$1/down" ]; do sleep 0.2; done
  rm -f /run/docker.pid
done`;
const NAMESPACES = ['--mount', '--propagation=slave', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];

const startable = (() => {
  try {
    return process.getuid?.() === 0 && execFileSync('sh', ['-c', 'command -v dockerd unshare']).length > 0;
  } catch {
    return false;
  }
})();

it.skipIf(!startable)(
  'ends by itself when the engine is killed, and what is left of it is removed when the engine is back',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pk-'));
    const docker = new Docker({ socketPath: join(folder, 'docker.sock') });
    const engine = spawn('unshare', [...NAMESPACES, 'sh', '-c', ENGINE, 'sh', folder], { stdio: 'ignore' });
    const bundle = await writeBundle({ 'plugin.mjs': 'setInterval(() => {}, 1000)' });
    try {
      await answers(docker);
      const test = await openTestHost(docker);
      const spec = { installId: 'fault', runtime: 'node' as const, bundleDir: bundle.dir, entry: 'plugin.mjs' };
      const sandbox = await test.host.start({ ...spec, limits: DEFAULT_LIMITS, lifeMs: 15_000 });
      sandbox.listen({ data: () => {}, drain: () => {}, ended: () => {} });
      await expect.poll(() => processes(sandbox.id).length).toBeGreaterThan(1);

      await writeFile(join(folder, 'down'), '');
      // dockerd and its containerd; the container's shim lives on, as it does on any host.
      for (const pid of below(engine).filter((pid) => ['dockerd', 'containerd'].includes(nameOf(pid))))
        process.kill(pid, 'SIGKILL');
      await expect.poll(() => processes(sandbox.id), { timeout: 30_000 }).toEqual([]);
      expect(below(engine).map(nameOf)).not.toContain('dockerd');

      await rm(join(folder, 'down'));
      await answers(docker);
      const next = await openSandboxHost(test.options);
      expect(await next.removeOrphans()).toBe(1);
      expect(await test.leftovers()).toEqual([]);
    } finally {
      await bundle.remove();
      const ended = new Promise((resolve) => engine.once('exit', resolve));
      engine.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    }
  },
  180_000,
);

const answers = (docker: Docker) =>
  expect.poll(() => docker.ping().then(String, () => 'no answer'), { timeout: 60_000, interval: 200 }).toBe('OK');

/** All processes that descend from one. */
function below(engine: ChildProcess): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ');
    if (fields?.[1] !== undefined) parents.set(Number(name), Number(fields[1]));
  }
  const descends = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === engine.pid || descends(parent));
  };
  return [...parents.keys()].filter(descends);
}

const nameOf = (pid: number): string => read(`/proc/${pid}/comm`).trim();

/** The processes in a sandbox's cgroup and below it, by the kernel's word. */
function processes(sandboxId: string): string[] {
  for (const hierarchy of ['/sys/fs/cgroup/pids/paddock', '/sys/fs/cgroup/paddock']) {
    const folder = join(hierarchy, sandboxId);
    try {
      const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
      return below.flatMap(({ name }) => read(join(folder, name, 'cgroup.procs')).split('\n')).filter(Boolean);
    } catch {
      // The other version of cgroups.
    }
  }
  return [];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
