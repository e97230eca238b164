/** What the engine and the cgroup file system still hold of sandboxes: a test that leaves one has failed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import Dockerode from 'dockerode';

export class Docker extends Dockerode {
  constructor(dockerHost: string) {
    super({ socketPath: dockerHost.replace(/^unix:\/\//, '') });
  }
}

/** The sandboxes on the engine, as lines that a person can read. */
export async function sandboxes(docker: Dockerode): Promise<string[]> {
  const containers = await docker.listContainers({ all: true, filters: { label: ['paddock=sandbox'] } });
  return containers.map(
    (container) =>
      `container ${container.Id.slice(0, 12)} (${container.State}) of ${container.Labels['paddock.owner'] ?? '?'}`,
  );
}

/** Containers of sandboxes on this engine, and cgroup folders that nobody lives in any more: what an end in order leaves none of. */
export async function leftovers(docker: Dockerode): Promise<string[]> {
  const folders = ['/sys/fs/cgroup/memory/paddock', '/sys/fs/cgroup/paddock'].filter((folder) => existsSync(folder));
  const cgroups = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && isEmpty(`${folder}/${entry.name}`))
      .map((entry) => `cgroup ${folder}/${entry.name}`),
  );
  return [...(await sandboxes(docker)), ...cgroups];
}

/** Whether no process is in the cgroup or below it. Another stack's living sandboxes are not ours to count. */
function isEmpty(folder: string): boolean {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return (
      readFileSync(`${folder}/cgroup.procs`, 'utf8').trim() === '' &&
      below.every((entry) => isEmpty(`${folder}/${entry.name}`))
    );
  } catch {
    return false; // Gone meanwhile.
  }
}
