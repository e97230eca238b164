/** One process of a stack: started, waited for until it is ready, killed and started again. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Child, startChild } from '../children.js';
import { HelpfulError, until } from '../command.js';
import { repositoryRoot } from '../folders.js';
import { describeExit } from '../processes.js';
import type { ProcessName } from './processEnvironment.js';

const READY_MS = 60_000;
const PROBE_MS = 3_000;

export interface StackProcess {
  /** `executor`, and `executor-2` for the second of that name. */
  readonly name: string;
  readonly program: ProcessName;
  /** Of the process as it runs now, or ran last. */
  readonly pid: number;
  /** Answers `/healthz` and `/readyz`. */
  readonly healthUrl: string;
  /** Holds what every process of this name wrote. */
  readonly logFile: string;
  isRunning(): boolean;
  isReady(): Promise<boolean>;
  /** Sends a signal. A process that ends by it stays ended until `restart`. */
  kill(signal: NodeJS.Signals): void;
  /** Ends it, if it still runs, and starts it again with the same ports. Resolves once it is ready. */
  restart(): Promise<void>;
  /** Asks it to drain, and kills it after 20 s. Says what went wrong: anything but an exit code of 0. */
  stop(): Promise<string | undefined>;
}

export interface StackProcessOptions {
  name: string;
  program: ProcessName;
  healthPort: number;
  env: Record<string, string>;
  logFolder: string;
  signal?: AbortSignal | undefined;
}

/** @throws HelpfulError with the last lines of its log, when it does not become ready. */
export async function startStackProcess(options: StackProcessOptions): Promise<StackProcess> {
  const { name, program, healthPort, env, logFolder, signal } = options;
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const logFile = path.join(logFolder, `${name}.log`);
  const scratch = env['PADDOCK_SCRATCH_DIR'];
  if (scratch !== undefined) await mkdir(scratch, { recursive: true, mode: 0o700 });

  const isReady = async () => {
    const response = await fetch(`${healthUrl}/readyz`, { signal: AbortSignal.timeout(PROBE_MS) }).catch(
      () => undefined,
    );
    await response?.body?.cancel();
    return response?.ok ?? false;
  };
  const start = async (): Promise<Child> => {
    const child = await startChild({
      name,
      command: process.execPath,
      args: [path.join(repositoryRoot(), 'apps', program, 'dist/program/main.js')],
      env,
      cwd: '/',
      logFile,
    });
    const failed = async (how: string) =>
      new HelpfulError(`${name} ${how}. It wrote last:\n${await child.lastLines()}`);
    try {
      const what = `${name}’s start`;
      await until(async () => child.exit() !== undefined || isReady(), { timeoutMs: READY_MS, what, signal });
    } catch (error) {
      await child.stop();
      throw signal?.aborted ? error : await failed(`was not ready within ${READY_MS / 1000} s`);
    }
    const exit = child.exit();
    if (exit !== undefined) throw await failed(`ended as it started (${describeExit(exit)})`);
    return child;
  };

  let child = await start();
  let killed = false;
  return {
    name,
    program,
    get pid() {
      return child.pid;
    },
    healthUrl,
    logFile,
    isRunning: () => child.exit() === undefined,
    isReady,
    kill: (sent) => {
      killed = sent !== 'SIGSTOP' && sent !== 'SIGCONT';
      child.kill(sent);
    },
    restart: async () => {
      await child.stop();
      child = await start();
      killed = false;
    },
    stop: async () => {
      const before = child.exit();
      if (before !== undefined) return killed ? undefined : `${name} had ended by itself (${describeExit(before)}).`;
      child.kill('SIGCONT'); // One that a test has stopped can't drain.
      const end = await child.stop();
      if (end.forced) return `${name} did not drain within 20 s and was killed.`;
      return end.code === 0 || killed ? undefined : `${name} drained badly (${describeExit(end)}).`;
    },
  };
}
