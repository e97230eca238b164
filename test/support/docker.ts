/** What the engine and the cgroup file system still hold of sandboxes: a test that leaves one has failed. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Dockerode from 'dockerode';

export class Docker extends Dockerode {
  constructor(dockerHost: string) {
    super({ socketPath: dockerHost.replace(/^unix:\/\//, '') });
  }
}

/** The sandboxes on the engine whose bundles lie in that folder, and so are of one stack, as lines that a person can read. */
export async function sandboxes(docker: Dockerode, scratchFolder = '/'): Promise<string[]> {
  const listed = docker.listContainers({ all: true, filters: { label: ['paddock=sandbox'] } });
  // An engine that the stack itself brought along has ended with it, and nothing runs on it any more.
  const containers = await listed.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return [];
    throw error;
  });
  const ours = containers.filter(({ Mounts }) => Mounts.some(({ Source }) => Source.startsWith(scratchFolder)));
  return ours.map(
    (container) =>
      `container ${container.Id.slice(0, 12)} (${container.State}) of ${container.Labels['paddock.owner'] ?? '?'}`,
  );
}

/** The running containers of a version, by the folder of its unpacked bundle, each with the executor's folder that it is under. */
export async function containersOf(docker: Dockerode, versionId: string): Promise<{ id: string; executor: string }[]> {
  const running = await docker.listContainers({ filters: { label: ['paddock=sandbox'] } });
  return running.flatMap(({ Id, Mounts }) => {
    const bundle = Mounts.find(({ Source }) => Source.endsWith(`/bundles/${versionId}`))?.Source;
    return bundle === undefined ? [] : [{ id: Id, executor: /\/(executor-\d+)\//.exec(bundle)?.[1] ?? bundle }];
  });
}

/** Longer than a sandbox's cgroup stands empty while it is made or removed, in milliseconds. */
const SETTLED_MS = 3000;

/**
 * A stack's sandboxes, and cgroup folders made since then that nobody lives in any more: what an end in order leaves none
 * of. Another stack may be making and removing sandboxes meanwhile, so a folder counts only if it stays empty.
 */
export async function leftovers(docker: Dockerode, scratchFolder: string, since: Date): Promise<string[]> {
  let cgroups = emptyCgroups(since);
  if (cgroups.length > 0) {
    await sleep(SETTLED_MS);
    const later = emptyCgroups(since);
    cgroups = cgroups.filter((folder) => later.includes(folder));
  }
  return [...(await sandboxes(docker, scratchFolder)), ...cgroups.map((folder) => `cgroup ${folder}`)];
}

function emptyCgroups(since: Date): string[] {
  const parents = ['/sys/fs/cgroup/memory/paddock', '/sys/fs/cgroup/paddock'].filter((folder) => existsSync(folder));
  return parents.flatMap((parent) =>
    readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${parent}/${entry.name}`)
      .filter((folder) => isEmpty(folder, since)),
  );
}

/** Whether the cgroup was made since then, and no process is in it or below it. */
function isEmpty(folder: string, since: Date): boolean {
  try {
    if (statSync(folder).mtime < since) return false;
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const inside = readFileSync(`${folder}/cgroup.procs`, 'utf8').trim();
    return inside === '' && below.every((entry) => isEmpty(`${folder}/${entry.name}`, since));
  } catch {
    return false; // Gone meanwhile.
  }
}
