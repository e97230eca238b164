/** For the tests against a real engine: a host, bundles of small plugins, and what of a pool's sandboxes is left. */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type Limits, type LogLine } from '@paddock/contracts';
import Docker from 'dockerode';
import {
  openSandboxHost,
  type RunPlan,
  type RuntimeImages,
  type SandboxHost,
  type SandboxHostOptions,
} from '../index.js';
import { PLUGIN_SOURCE } from './pluginSource.js';

const repository = new URL('../../../../', import.meta.url);

export const socketPath = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '');
const docker = new Docker({ socketPath });

/** What `npm test` has built; else it is built here. infra depends on this package: so it is found by its place, not by its name. */
async function runtimeImages(engine: Docker): Promise<RuntimeImages> {
  const given = process.env['PADDOCK_TEST_IMAGES'];
  if (given && engine === docker) return JSON.parse(given) as RuntimeImages;
  const { ensureRuntimeImages } = (await import(new URL('infra/runtimes/images.ts', repository).href)) as {
    ensureRuntimeImages: (docker: Docker) => Promise<RuntimeImages>;
  };
  return ensureRuntimeImages(engine);
}

export interface TestHost {
  host: SandboxHost;
  options: SandboxHostOptions;
  /** Which of this host's containers and cgroup folders there are. */
  leftovers: () => Promise<string[]>;
}

/** A host whose owner's name is its own, so that tests side by side leave each other alone. */
export async function openTestHost(engine: Docker = docker): Promise<TestHost> {
  const executor = `test-${randomBytes(6).toString('hex')}`;
  const options: SandboxHostOptions = {
    docker: engine,
    seccompProfile: await readFile(new URL('infra/seccomp.json', repository), 'utf8'),
    images: await runtimeImages(engine),
    ownerId: `${executor}:1`,
  };
  const host = await openSandboxHost(options);
  // Every sandbox id of an executor begins with the same digits.
  const prefix = createHash('sha256').update(executor).digest('hex').slice(0, 12);
  const leftovers = async () => {
    const containers = await engine.listContainers({ all: true, filters: { label: ['paddock=sandbox'] } });
    const own = containers
      .filter((container) => container.Labels['paddock.owner']?.startsWith(`${executor}:`))
      .map((container) => container.Names.join());
    return [...own, ...(await cgroupFolders(prefix))];
  };
  return { host, options, leftovers };
}

async function cgroupFolders(prefix: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (!entry.isDirectory()) continue;
      if (entry.name.includes(prefix)) found.push(join(folder, entry.name));
      else if (depth > 0) await walk(join(folder, entry.name), depth - 1);
    }
  };
  await walk('/sys/fs/cgroup', 2);
  return found;
}

/** A bundle that user 65532 can read, with the given files or with the test plugin; `remove` it afterwards. */
export async function writeBundle(
  files: Record<string, string> = { 'plugin.mjs': PLUGIN_SOURCE },
): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'paddock-bundle-'));
  await chmod(dir, 0o755);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(dir, name), text);
    await chmod(join(dir, name), 0o644);
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export interface TestPlan extends RunPlan {
  log: LogLine[];
}

/** A plan for the bundle, with an install of its own unless told otherwise. */
export function planFor(
  bundleDir: string,
  change: Partial<Omit<RunPlan, 'limits'>> & { limits?: Partial<Limits> } = {},
): TestPlan {
  const log: LogLine[] = [];
  return {
    installId: `install-${randomBytes(4).toString('hex')}`,
    versionId: 'version-1',
    isolation: 'install',
    runtime: 'node',
    bundleDir,
    entry: 'plugin.mjs',
    hostServices: async () => ({}),
    onLog: (line) => log.push(line),
    log,
    ...change,
    limits: { ...DEFAULT_LIMITS, cpuMillis: 1000, ...change.limits },
  };
}
