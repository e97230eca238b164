/** A Docker engine that a test starts for itself, with user namespaces and gVisor as it is told. For root alone. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';

export interface OwnEngine {
  socketPath: string;
  stop(): Promise<void>;
}

/** Whether this machine has all of these programs, and we may start engines. */
export const canStartEngines = (...programs: string[]): boolean =>
  process.getuid?.() === 0 &&
  ['dockerd', 'unshare', ...programs].every((name) => spawnSync('which', [name]).status === 0);

const RUNSC = { path: '/usr/bin/runsc', runtimeArgs: ['--platform=ptrace', '--network=none', '--oci-seccomp'] };
/** The engine's ids are mapped to those that the files say; they are shown to it alone, in a mount namespace of its own. */
const REMAPPED =
  'mount --bind "$0/ids" /etc/subuid && mount --bind "$0/ids" /etc/subgid && exec "$@" --userns-remap=daemon';

/** @throws Error with the end of the engine's log when it does not answer in time */
export async function startEngine({ remapped, gvisor }: { remapped: boolean; gvisor: boolean }): Promise<OwnEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-engine-'));
  const data = await mkdtemp('/var/lib/paddock-engine-');
  const socketPath = join(folder, 'docker.sock');
  await mkdir(join(folder, 'exec'));
  await writeFile(join(folder, 'ids'), 'daemon:231072:65536\n');
  await writeFile(join(folder, 'docker.json'), JSON.stringify({ runtimes: gvisor ? { runsc: RUNSC } : {} }));
  const files = [`--config-file=${folder}/docker.json`, `--data-root=${data}`, `--exec-root=${folder}/exec`];
  const ends = [`--pidfile=${folder}/pid`, `--host=unix://${socketPath}`];
  const network = ['--bridge=none', '--iptables=false', '--ip6tables=false', '--exec-opt=native.cgroupdriver=cgroupfs'];
  const shell = remapped ? REMAPPED : 'exec "$@"';
  const args = ['--mount', '--propagation=slave', 'sh', '-c', shell, folder, 'dockerd', ...files, ...ends, ...network];
  const engine = spawn('unshare', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4000);
  });
  const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
  const stop = async () => {
    engine.kill('SIGTERM');
    await ended;
    // Beside a remapped engine's folder, containerd makes one that is named after the mapping.
    for (const suffix of ['', '.231072.231072']) await rm(`${folder}${suffix}`, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
  };
  const docker = new Docker({ socketPath });
  for (let tries = 0; tries < 300; tries += 1) {
    if (await docker.ping().catch(() => undefined)) return { socketPath, stop };
    if (engine.exitCode !== null) break;
    await sleep(100);
  }
  await stop();
  throw new Error(`the engine did not start:\n${log}`);
}
