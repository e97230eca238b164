/**
 * The real sandbox on this machine, for whoever writes or packs plugins: engine, images and seccomp profile are found, the
 * isolation is tried, and what was started is gone at the end. Without any of it nothing runs, least of all unprotected.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { unpackBundle } from '@paddock/bundle/read';
import { type BundleFile, PaddockError, type Runtime } from '@paddock/contracts';
import {
  missingControls,
  openSandboxHost,
  type RuntimeImages,
  type SandboxHost,
  type SandboxHostOptions,
  SandboxPool,
} from '@paddock/sandbox';
import { dockerHostOfStack } from '../connection.js';
import type { Environment } from '../environment.js';
import { CliError } from '../errors.js';
import { readInput } from '../files.js';

const MACHINE_SOCKET = 'unix:///var/run/docker.sock';
/** This command is a part of its checkout, which holds the profile, and what the local commands note of the images they made. */
const inCheckout = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const SECCOMP = inCheckout('infra/seccomp.json');
const IMAGES = inCheckout('.paddock/runtimes.json');
const MAX_SANDBOXES = 4;
const MAX_MEMORY_BYTES = 4 * 1024 ** 3;
const IDLE_MS = 600_000;
const MAX_AGE_MS = 3_600_000;

/** What of the environment says where the engine is, and how it is to protect. */
export type EngineEnvironment = Partial<Pick<Environment, 'dockerHost' | 'seccompFile' | 'images'>>;

export interface LocalSandbox {
  readonly pool: SandboxPool;
  /** What the isolation came to, `L1` or better. */
  readonly level: string;
  /** Unpacks a bundle where sandboxes can see it. @returns its folder, gone with `close` */
  unpack(bytes: Uint8Array<ArrayBuffer>, files: readonly BundleFile[]): Promise<string>;
  /** Removes every container and file. */
  close(): Promise<void>;
}

/**
 * @param runtime what must be there to run
 * @throws CliError `no_engine`, `no_runtime_image`; PaddockError `isolation_insufficient` with the controls that are missing,
 *   `sandbox_unavailable`
 */
export async function openLocalSandbox(environment: EngineEnvironment, runtime: Runtime): Promise<LocalSandbox> {
  const socketPath = await engineSocket(environment);
  const { node, ...others } = await runtimeImages(environment);
  if (node === undefined) throw noImage();
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'paddock-sandbox-')));
  await chmod(scratch, 0o755); // Sandboxes run as a user of their own.
  try {
    const host = await open({
      docker: { socketPath },
      seccompProfile: await seccompProfile(environment),
      images: { node, ...others },
      ownerId: `cli-${randomBytes(6).toString('hex')}:${process.pid}`,
      scratchDir: scratch,
    });
    if (!(await host.runtimes()).includes(runtime)) throw noImage();
    const level = await isolationOf(host);
    const pool = new SandboxPool(host, {
      maxSandboxes: MAX_SANDBOXES,
      memoryBytes: MAX_MEMORY_BYTES,
      maxSpares: 0,
      idleMs: IDLE_MS,
      maxAgeMs: MAX_AGE_MS,
      maxRuns: 1_000_000,
    });
    let count = 0;
    return {
      pool,
      level,
      async unpack(bytes, files) {
        const folder = join(scratch, `bundle-${++count}`);
        await mkdir(scratch, { recursive: true });
        await unpackBundle(Readable.from([bytes]), folder, files);
        return folder;
      },
      async close() {
        await pool.close().finally(() => rm(scratch, { recursive: true, force: true }));
      },
    };
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

/** DOCKER_HOST, or the engine of the local stack, or the machine's. @throws CliError `no_engine` when it is another machine's */
export async function engineSocket({ dockerHost }: EngineEnvironment): Promise<string> {
  const address = dockerHost ?? (await dockerHostOfStack()) ?? MACHINE_SOCKET;
  if (!address.startsWith('unix://'))
    throw new CliError('no_engine', `DOCKER_HOST is ${address}: a sandbox needs an engine on this machine (unix://…).`);
  return address.slice('unix://'.length);
}

/** The sandboxes' seccomp profile, as JSON text. */
export async function seccompProfile({ seccompFile }: EngineEnvironment): Promise<string> {
  return (await readInput(seccompFile ?? SECCOMP)).toString('utf8');
}

/** The runtimes' images by their ids: as the environment names them, else as the local commands have made them. */
export async function runtimeImages({ images = {} }: EngineEnvironment): Promise<Partial<RuntimeImages>> {
  const made = JSON.parse(await readFile(IMAGES, 'utf8').catch(() => '{}')) as Partial<RuntimeImages>;
  return { ...made, ...images };
}

const noImage = (): CliError =>
  new CliError(
    'no_runtime_image',
    'This engine lacks the image that the plugin runs in. A stack makes it: npm run stack -- up',
  );

async function open(options: SandboxHostOptions): Promise<SandboxHost> {
  try {
    return await openSandboxHost(options);
  } catch (error) {
    if (!(error instanceof PaddockError) || error.code !== 'sandbox_unavailable') throw error;
    const { code, message } = (error.cause ?? error) as { code?: string; message: string };
    throw new CliError(
      'no_engine',
      `Docker does not answer (${code ?? message}). Start it, set DOCKER_HOST, or start a stack, which brings its own: npm run stack -- up`,
    );
  }
}

/** Tries every control, as an executor does at its start. */
async function isolationOf(host: SandboxHost): Promise<string> {
  const report = await host.probeIsolation();
  if (report.level !== 'refuse') return report.level;
  const missing = missingControls(report);
  const issues = missing.map(({ name, detail }) => ({ path: name, message: detail }));
  throw new PaddockError('isolation_insufficient', undefined, { issues });
}
