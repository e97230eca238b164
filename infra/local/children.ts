/**
 * Processes that a command starts and that end with it, even if the command is killed: a watchdog sees to that (see
 * watchdog.mjs). It knows nothing of what it starts.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HelpfulError } from './command.js';
import { repositoryRoot } from './folders.js';
import { type Exit, lastLines } from './processes.js';

export interface ChildOptions {
  /** What people call it. */
  name: string;
  command: string;
  args: readonly string[];
  /** The whole environment: nothing is inherited. */
  env: Record<string, string>;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Takes stdout and stderr, after what is in it. */
  logFile: string;
  /** Written to its stdin, which is then closed. */
  input?: string;
  /** What asks it to end; with `'end of input'` its stdin stays open until then, or until we end. */
  stopSignal?: NodeJS.Signals | 'end of input';
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** How it ended, or undefined while it runs. */
  exit(): Exit | undefined;
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, and kills its whole group after `graceMs` (20 s). `forced` says that it came to that. */
  stop(options?: { graceMs?: number }): Promise<Exit & { forced: boolean }>;
  /** The last lines that it wrote. */
  lastLines(count?: number): Promise<string>;
}

/**
 * Starts a process in a group of its own, so that Ctrl-C reaches us alone and we end things in order.
 * @throws HelpfulError when it can't be started at all.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, env, logFile, input, stopSignal = 'SIGTERM' } = options;
  const log = await open(logFile, 'a', 0o600);
  const spawnOptions: SpawnOptions = {
    env,
    detached: true,
    stdio: [input === undefined && stopSignal !== 'end of input' ? 'ignore' : 'pipe', log.fd, log.fd],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  };
  let exit: Exit | undefined;
  let child: ChildProcess;
  let exited: Promise<Exit>;
  try {
    child = spawn(command, args, spawnOptions);
    // Listened for at once: a short-lived process may have ended before the next line is reached.
    exited = new Promise<Exit>((resolve) => {
      child.once('exit', (code, signal) => {
        if (child.pid !== undefined) unwatch(child.pid);
        exit = { code, signal };
        resolve(exit);
      });
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  } catch (cause) {
    throw new HelpfulError(`${name} can’t be started: ${(cause as Error).message}`, { cause });
  } finally {
    await log.close();
  }
  const pid = child.pid as number; // Set since 'spawn' was seen.
  if (exit === undefined) watch(pid, stopSignal === 'end of input' ? 'none' : stopSignal);
  child.stdin?.on('error', () => undefined); // Its end is seen by 'exit'.
  if (input !== undefined) child.stdin?.end(input);

  const stop = async (graceMs: number) => {
    const already = exit;
    if (already !== undefined) return { ...already, forced: false };
    if (stopSignal === 'end of input') child.stdin?.end();
    else signalTo(pid, stopSignal);
    const timer = new AbortController();
    const late = sleep(graceMs, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
    const forced = (await Promise.race([exited, late])) === 'late';
    timer.abort();
    if (forced) signalTo(-pid, 'SIGKILL');
    return { ...(await exited), forced };
  };
  return {
    name,
    pid,
    logFile,
    exited,
    exit: () => exit,
    kill: (signal) => signalTo(pid, signal),
    stop: ({ graceMs = 20_000 } = {}) => stop(graceMs),
    lastLines: (count) => lastLines(logFile, count),
  };
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

let watchdog: ChildProcess | undefined;

/** Says a line to the watchdog, starting it when it is first needed. It never keeps us running. */
function tell(line: string): void {
  if (watchdog === undefined) {
    const script = path.join(repositoryRoot(), 'infra/local/watchdog.mjs');
    watchdog = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    watchdog.on('error', () => undefined); // Without it, only a killed command leaves something behind.
    watchdog.stdin?.on('error', () => undefined);
    watchdog.unref();
    if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}

/** Has a process signalled, and its group killed, if we end without doing so. `'none'` sends no signal first. */
export const watch = (pid: number, signal: NodeJS.Signals | 'none'): void => tell(`+${pid} ${signal}`);
/** Forgets a process that has ended. */
export const unwatch = (pid: number): void => tell(`-${pid}`);

/** Has a folder removed if we end without doing so. */
export const watchFolder = (folder: string): void => tell(path.resolve(folder));
