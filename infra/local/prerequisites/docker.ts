/**
 * A Docker engine to work with: the one that DOCKER_HOST names, the machine's, or one of our own.
 *
 * Our own runs in namespaces for processes, mounts and network (engine.sh). So it touches no bridge or firewall of the
 * machine, and whatever it started is gone when it ends. Its images stay in the state folder, in a slot that one engine
 * at a time holds by a file lock: two commands at once have two engines.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Docker from 'dockerode';
import { type Child, startChild } from '../children.js';
import { HelpfulError, until } from '../command.js';
import { repositoryRoot, stateFolder } from '../folders.js';
import { describeExit, findProgram } from '../processes.js';
import { gvisorRuntimes } from './gvisor.js';
import type { Wanted } from './packages.js';
import type { Prerequisite, PrerequisiteOptions } from './prerequisite.js';

const MACHINE_SOCKET = '/var/run/docker.sock';
const START_MS = 60_000;
const SLOTS = 16;
/** The lock's exit code when another engine holds the slot. */
const SLOT_TAKEN = 75;
/** A unix socket's path has 108 bytes with its end. */
const MAX_SOCKET_PATH = 107;
const OTHERWISE = 'start Docker, or set DOCKER_HOST to a Docker Engine 20.10 or newer';

/** Dockerode for an address such as `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`. */
export function dockerAt(host: string): Docker {
  if (host.startsWith('unix://')) return new Docker({ socketPath: host.slice('unix://'.length) });
  const { hostname, port } = new URL(host);
  return new Docker({ host: hostname, port: Number(port || 2375) });
}

/** What is missing to have an engine, if anything is. */
export async function dockerWanted({ given, ownEngine = false }: PrerequisiteOptions): Promise<Wanted[]> {
  const named = given?.dockerHost ?? process.env['DOCKER_HOST'];
  if (!ownEngine && (named || (await machineEngine()).answers)) return [];
  if (findProgram('dockerd') !== undefined) return [];
  // With AppArmor in the kernel, an engine without its parser can start no container.
  const packages = existsSync('/sys/kernel/security/apparmor') ? ['docker.io', 'apparmor'] : ['docker.io'];
  return [{ program: 'Docker', packages, otherwise: OTHERWISE }];
}

/**
 * @returns an engine that answers
 * @throws HelpfulError when DOCKER_HOST does not answer, when there is none and we aren't root, or ours does not start
 */
export async function startDocker(options: PrerequisiteOptions): Promise<Prerequisite> {
  return options.progress.run(
    'Docker',
    async (step) => {
      const { ownEngine = false } = options;
      const given = options.given?.dockerHost ?? process.env['DOCKER_HOST'];
      if (given && !ownEngine) {
        if ((await failure(given)) !== undefined) {
          throw new HelpfulError(`The Docker engine that DOCKER_HOST names does not answer: ${await failure(given)}`);
        }
        return { url: given, startedByUs: false, stop: async () => undefined };
      }
      const machine = await machineEngine();
      if (machine.answers && !ownEngine)
        return { url: `unix://${MACHINE_SOCKET}`, startedByUs: false, stop: async () => undefined };
      const program = findProgram('dockerd');
      if (process.getuid?.() !== 0) {
        throw new HelpfulError(
          machine.forbidden
            ? `You may not use this machine's Docker: run "sudo usermod -aG docker $USER" and log in again, or set DOCKER_HOST.`
            : `Docker does not answer, and only root can start it here: ${OTHERWISE}.`,
        );
      }
      if (program === undefined) throw new HelpfulError(`dockerd was not found: ${OTHERWISE}.`);
      step.update('starts our own engine');
      return startOwnEngine(program, options);
    },
    ({ startedByUs, url }) => (startedByUs ? 'our own engine' : `at ${url}`),
  );
}

async function failure(host: string): Promise<string | undefined> {
  try {
    await dockerAt(host).ping();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function machineEngine(): Promise<{ answers: boolean; forbidden: boolean }> {
  const why = await failure(`unix://${MACHINE_SOCKET}`);
  return { answers: why === undefined, forbidden: why?.includes('EACCES') ?? false };
}

/**
 * Starts an engine of our own, whatever else there is.
 * @param dockerd where its program stands
 * @throws HelpfulError when it does not start; only root can do it
 */
export async function startOwnEngine(dockerd: string, options: PrerequisiteOptions): Promise<Prerequisite> {
  for (const tool of ['unshare', 'flock']) {
    if (findProgram(tool) === undefined) throw new HelpfulError(`${tool} (util-linux) was not found: ${OTHERWISE}.`);
  }
  // In the run folder, not in the slot: what answers there can only be the engine that we have started.
  const socket = path.join(options.runFolder.path, 'docker.sock');
  if (Buffer.byteLength(socket) > MAX_SOCKET_PATH) {
    throw new HelpfulError(
      `The path of Docker's socket would be too long (${socket}): set PADDOCK_STATE_DIR to a shorter one.`,
    );
  }
  for (let slot = 0; slot < SLOTS; slot++) {
    const folder = path.join(stateFolder(), `engine-${slot}`);
    await mkdir(folder, { recursive: true, mode: 0o711 });
    const engine = await startIn(folder, socket, dockerd, options);
    if (engine !== undefined) return engine;
  }
  throw new HelpfulError(`${SLOTS} commands of this checkout run an engine of their own. End one first.`);
}

/** An engine whose files are in `folder`, or undefined when another engine holds it. */
async function startIn(
  folder: string,
  socket: string,
  dockerd: string,
  { runFolder, signal }: PrerequisiteOptions,
): Promise<Prerequisite | undefined> {
  const configuration = path.join(runFolder.path, 'docker.json');
  await writeFile(configuration, JSON.stringify({ runtimes: gvisorRuntimes() }));
  // The lock is on an open file that everything in the namespaces inherits: it is free once all of it has ended.
  const lock = [
    '--exclusive',
    '--nonblock',
    '--conflict-exit-code',
    String(SLOT_TAKEN),
    '--no-fork',
    path.join(folder, 'lock'),
  ];
  const namespaces = ['--mount', '--propagation=slave', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const engine = await startChild({
    name: 'Docker',
    command: findProgram('flock') ?? 'flock',
    args: [
      ...lock,
      ...[findProgram('unshare') ?? 'unshare', ...namespaces],
      ...['sh', path.join(repositoryRoot(), 'infra/local/engine.sh')],
      dockerd,
      `--config-file=${configuration}`,
      `--host=unix://${socket}`,
      `--data-root=${path.join(folder, 'data')}`,
      '--exec-root=/run/docker',
      '--pidfile=/run/docker.pid',
      // A container is in a cgroup that the sandbox names by path, which systemd's driver would refuse.
      '--exec-opt=native.cgroupdriver=cgroupfs',
      ...['--bridge=none', '--iptables=false', '--ip6tables=false'],
    ],
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`, LC_ALL: 'C' },
    cwd: '/',
    logFile: path.join(runFolder.logs, 'docker.log'),
    stopSignal: 'end of input',
  });
  const docker = dockerAt(`unix://${socket}`);
  try {
    await until(async () => engine.exit() !== undefined || (await failure(`unix://${socket}`)) === undefined, {
      timeoutMs: START_MS,
      what: 'Docker’s start',
      signal,
    });
    if (engine.exit()?.code === SLOT_TAKEN) return undefined;
    refuseIfEnded(engine, await engine.lastLines());
    await removeContainers(docker);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return {
    url: `unix://${socket}`,
    startedByUs: true,
    pid: engine.pid,
    stop: async () => {
      await removeContainers(docker).catch(() => undefined); // They end with their namespace in any case.
      await engine.stop();
    },
  };
}

function refuseIfEnded(engine: Child, log: string): void {
  const exit = engine.exit();
  if (exit !== undefined) throw new HelpfulError(`Docker did not start (${describeExit(exit)}):\n${log}`);
}

/** The engine is ours alone: a container that is in it belongs to a command that was killed, or that ends now. */
async function removeContainers(docker: Docker): Promise<void> {
  const left = await docker.listContainers({ all: true });
  await Promise.all(left.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
}
