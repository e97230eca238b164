/** What a run is compared with: the queue by itself, a bare process, a container of a sandbox's own spec. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_LIMITS } from '@paddock/contracts';
import type { Stack } from '@paddock/infra';
import { containerSpec, type HostFacts, openSandboxHost, type SandboxHost, type SandboxSpec } from '@paddock/sandbox';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Docker } from '../support/docker.js';
import { type Figures, measure } from './measure.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface Repetitions {
  warmUp: number;
  calls: number;
  signal: AbortSignal;
}

/** BullMQ alone, on the stack's Redis: a job that does nothing, added and processed in this process. */
export async function measureQueue({ redisUrl }: Stack, clients: number, repetitions: Repetitions): Promise<Figures> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const blocking = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const prefix = `bench-${randomBytes(4).toString('hex')}`;
  const queue = new Queue('nothing', { connection, prefix, defaultJobOptions: { removeOnComplete: true } });
  const waiting = new Map<string, () => void>();
  const worker = new Worker(
    'nothing',
    async ({ data }: { data: { id: string } }) => {
      waiting.get(data.id)?.();
      waiting.delete(data.id);
    },
    { connection: blocking, prefix, concurrency: clients },
  );
  let count = 0;
  try {
    await worker.waitUntilReady();
    const call = async () => {
      const id = String(count++);
      const processed = new Promise<void>((resolve) => waiting.set(id, resolve));
      await queue.add('nothing', { id });
      await processed;
    };
    return await measure({ clients, call, ...repetitions });
  } finally {
    await worker.close();
    await queue.obliterate({ force: true });
    await queue.close();
    for (const each of [connection, blocking]) each.disconnect();
  }
}

/** `node -e 0` on the host, from its spawn to its exit. */
export function measureProcess(repetitions: Repetitions): Promise<Figures> {
  return measure({ clients: 1, call: bareProcess, ...repetitions });
}

export async function bareProcess(): Promise<void> {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`node -e 0 ended with ${code}.`);
}

export interface Containers {
  /** As the product makes them: `host.start`, then `destroy`, which also clears the cgroup. */
  sandbox: Figures;
  /** The same options given to Docker by hand: create, attach, start, remove. */
  raw: Figures;
}

/** One container after the other, of a sandbox's spec, created, attached to, started and removed. */
export async function measureContainers(stack: Stack, repetitions: Repetitions): Promise<Containers> {
  const docker = new Docker(stack.dockerHost);
  const bundleDir = await makeBundle(stack);
  const facts = await factsOf(docker);
  const host = await openSandboxHost({ docker, images: stack.images, ...facts });
  const spec = {
    runtime: 'node',
    bundleDir,
    entry: 'main.mjs',
    limits: DEFAULT_LIMITS,
    lifeMs: 600_000,
  } as const;
  try {
    const sandbox = await measure({ clients: 1, call: async () => (await host.start(spec)).destroy(), ...repetitions });
    const prefix = await idPrefix(host, spec);
    const call = () => byHand(docker, { ...spec, imageId: stack.images.node }, facts, prefix);
    return { sandbox, raw: await measure({ clients: 1, call, ...repetitions }) };
  } finally {
    await host.removeOrphans();
  }
}

/**
 * The options of a sandbox given to Docker by hand: create, attach, start, remove. With `say`, that is written to the
 * program, and the container is removed when the program has written `hear`.
 */
export async function byHand(
  docker: Docker,
  spec: Omit<SandboxSpec, 'sandboxId'>,
  facts: HostFacts,
  idPrefix: string,
  talk?: { say: string; hear: string },
): Promise<void> {
  const sandboxId = `${idPrefix}${randomBytes(10).toString('hex')}`;
  const container = await docker.createContainer(containerSpec({ ...spec, sandboxId }, facts));
  try {
    const attached = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
    await container.start();
    if (talk !== undefined) {
      attached.write(talk.say);
      let heard = '';
      for await (const chunk of attached) {
        heard += String(chunk);
        if (heard.includes(talk.hear)) break;
      }
      if (!heard.includes(talk.hear)) throw new Error(`The container ended with: ${heard}`);
    }
    attached.end();
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** What the host begins its sandboxes' ids with: with it, the host's own sweep finds the cgroups that Docker leaves. */
export async function idPrefix(host: SandboxHost, spec: Omit<SandboxSpec, 'sandboxId' | 'imageId'>): Promise<string> {
  const sandbox = await host.start(spec);
  await sandbox.destroy();
  return sandbox.id.slice(0, 12);
}

export async function factsOf(docker: Docker): Promise<HostFacts> {
  const info = (await docker.info()) as { CgroupDriver?: string; CgroupVersion?: string };
  return {
    cgroupDriver: info.CgroupDriver === 'systemd' ? 'systemd' : 'cgroupfs',
    cgroupVersion: info.CgroupVersion === '2' ? 2 : 1,
    seccompProfile: await readFile(path.join(ROOT, 'infra/seccomp.json'), 'utf8'),
    ownerId: `bench-${randomBytes(6).toString('hex')}:1`,
  };
}

/** A bundle whose program waits for its input's end. It goes with the stack. */
async function makeBundle({ settings }: Stack): Promise<string> {
  const folder = path.join(settings.scratchFolder, 'bench');
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await writeFile(path.join(folder, 'main.mjs'), 'process.stdin.resume();\n', { mode: 0o644 });
  return folder;
}
