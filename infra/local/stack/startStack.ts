/**
 * A whole Paddock on this machine: prerequisites → database → processes and seed, and its end in reverse.
 * The commands `demo`, `stack` and `bench` and the tests start theirs here.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { migrate } from '@paddock/db';
import type { RuntimeImages } from '@paddock/sandbox';
import { watchFolder } from '../children.js';
import { makeRunFolder, type RunFolder, stateFolder } from '../folders.js';
import { dockerAt } from '../prerequisites/docker.js';
import { gvisorOf } from '../prerequisites/gvisor.js';
import { createDatabase, dropDatabase } from '../prerequisites/postgres.js';
import { startPrerequisites } from '../prerequisites/start.js';
import { freePorts } from '../processes.js';
import { createProgress, type Progress } from '../progress.js';
import { stackKeys } from './keys.js';
import {
  type Environment,
  PROCESS_NAMES,
  type ProcessName,
  processEnvironment,
  type StackSettings,
} from './processEnvironment.js';
import { type SeededOrganization, seed } from './seed.js';
import { type StackProcess, startStackProcess } from './stackProcess.js';

export interface StackOptions {
  progress?: Progress;
  /** Breaks off the start, and stops the stack once it runs. */
  signal?: AbortSignal;
  /** What runs already. On a database server that is named here, the stack makes a database of its own, and drops it. */
  on?: { databaseUrl?: string; redisUrl?: string; dockerHost?: string; images?: RuntimeImages };
  /** Whether to start a Docker Engine of its own, whatever else there is. */
  ownEngine?: boolean;
  /** How many of each process, 1 unless said. */
  replicas?: Partial<Record<ProcessName, number>>;
  /** Settings for every process, over the stack's own. */
  environment?: Environment;
  /** Whether Go is wanted too, to build plugins with. */
  go?: boolean;
  /** Whether our own database survives a crash of the machine (the default). */
  durable?: boolean;
  /** Whether to make the first organizations (the default). */
  seeded?: boolean;
}

export interface Stack {
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dockerHost: string;
  readonly images: RuntimeImages;
  /** The public half of the audit key. */
  readonly auditVerifierKey: string;
  readonly settings: StackSettings;
  readonly processes: readonly StackProcess[];
  /** The first process of that name. */
  process(name: string): StackProcess;
  /** The first organizations, each with an owner's API key; none unless `seeded`. */
  readonly organizations: readonly SeededOrganization[];
  /** Drains the processes and ends what we started; what was there before stays. Answers what went wrong, best nothing. */
  stop(): Promise<string[]>;
}

/** @throws HelpfulError that says what failed, after ending what had been started. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { signal, progress = createProgress({ write: () => undefined }) } = options;
  const runFolder = await makeRunFolder();
  watchFolder(runFolder.path);
  const ending = new Ending(runFolder);
  try {
    const stack = await start(options, progress, runFolder, ending);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => void stack.stop(), { once: true });
    return stack;
  } catch (error) {
    await ending.end();
    throw error;
  }
}

async function start(options: StackOptions, progress: Progress, runFolder: RunFolder, ending: Ending): Promise<Stack> {
  const { on = {}, signal } = options;
  const found = await startPrerequisites({ ...options, progress, runFolder, given: on });
  ending.add(() => found.stop());

  // A database that outlives us keeps its artifacts and keys, without which it would be worth nothing.
  const lasting = on.databaseUrl === undefined && !found.postgres.startedByUs;
  const dataFolder = lasting ? path.join(stateFolder(), `data-${digest(found.postgres.url)}`) : runFolder.path;
  let databaseUrl = found.postgres.url;
  await progress.run(
    'Database',
    async () => {
      if (on.databaseUrl !== undefined) {
        const name = `paddock_${randomBytes(6).toString('hex')}`;
        databaseUrl = await createDatabase(on.databaseUrl, name);
        ending.add(() => dropDatabase(found.postgres.url, name));
      }
      return migrate(databaseUrl);
    },
    ({ applied }) => (applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`),
  );
  const { images } = found;
  signal?.throwIfAborted();

  const [apiPort = 0] = await freePorts(1);
  const settings: StackSettings = {
    databaseUrl,
    redisUrl: found.redis.url,
    dockerHost: found.docker.url,
    images,
    gvisorRuntime: await gvisorOf(dockerAt(found.docker.url)),
    apiPort,
    queuePrefix: lasting ? 'paddock' : `paddock-${randomBytes(4).toString('hex')}`,
    artifactsFolder: path.join(dataFolder, 'artifacts'),
    scratchFolder: path.join(runFolder.path, 'scratch'),
    keys: await stackKeys(path.join(dataFolder, 'keys')),
  };
  for (const folder of [settings.artifactsFolder, settings.scratchFolder])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  // Both to their end, whatever becomes of the other: what has started is known then, and is ended.
  const [processes, organizations] = await Promise.allSettled([
    startProcesses(settings, options, progress, runFolder, ending),
    options.seeded === false ? [] : progress.run('First organizations', () => seed({ databaseUrl })),
  ]);
  if (processes.status === 'rejected') throw processes.reason;
  if (organizations.status === 'rejected') throw organizations.reason;
  return {
    ...{ apiUrl, databaseUrl, redisUrl: settings.redisUrl, dockerHost: settings.dockerHost, images },
    auditVerifierKey: settings.keys.auditVerifierKey,
    settings,
    processes: processes.value,
    process: (name) => {
      const wanted = processes.value.find((candidate) => candidate.name === name);
      if (wanted === undefined) throw new Error(`The stack has no process ${name}.`);
      return wanted;
    },
    organizations: organizations.value,
    stop: () => ending.end(),
  };
}

async function startProcesses(
  settings: StackSettings,
  { replicas = {}, environment, signal }: StackOptions,
  progress: Progress,
  runFolder: RunFolder,
  ending: Ending,
): Promise<StackProcess[]> {
  const wanted = PROCESS_NAMES.flatMap((program) =>
    Array.from({ length: replicas[program] ?? 1 }, (_, index) => ({ program, instance: index + 1 })),
  );
  const ports = await freePorts(wanted.length);
  // The first failure is the one to tell: the others need not start any more.
  const first = new AbortController();
  const any = signal === undefined ? first.signal : AbortSignal.any([signal, first.signal]);
  const starts = wanted.map(async ({ program, instance }, index) => {
    const name = instance === 1 ? program : `${program}-${instance}`;
    const healthPort = ports[index] ?? 0;
    const env = processEnvironment(program, instance, healthPort, settings, environment);
    const options = { name, program, healthPort, env, logFolder: runFolder.logs, signal: any };
    try {
      const started = await progress.run(name, () => startStackProcess(options));
      ending.addProcess(started);
      return started;
    } catch (error) {
      first.abort(error);
      throw error;
    }
  });
  const results = await Promise.allSettled(starts);
  any.throwIfAborted();
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** What has to be ended: the processes all at once, then the rest, the youngest first. It happens once. */
class Ending {
  readonly #processes: StackProcess[] = [];
  readonly #steps: (() => Promise<void>)[] = [];
  #ended: Promise<string[]> | undefined;

  constructor(private readonly runFolder: RunFolder) {}

  addProcess(process: StackProcess): void {
    this.#processes.push(process);
  }

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  end(): Promise<string[]> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<string[]> {
    const stopped = await Promise.all(this.#processes.map((process) => process.stop()));
    const problems = stopped.filter((problem) => problem !== undefined);
    for (const step of this.#steps.reverse()) {
      await step().catch((error: unknown) => problems.push(error instanceof Error ? error.message : String(error)));
    }
    await this.runFolder.remove({ keepLogs: problems.length > 0 });
    return problems.length === 0 ? [] : [...problems, `The logs are in ${this.runFolder.logs}.`];
  }
}

/** Names a database without its password, which may change. */
function digest(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  return createHash('sha256').update(`${url.host}${url.pathname}`).digest('hex').slice(0, 12);
}
