/**
 * `npm run stack -- up|status|down`: a Paddock that runs in the background. A detached supervisor, this same file, holds
 * the stack; `.paddock/stack.json` says where it is. `down` ends what `up` started and nothing else.
 */
import { fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { type Command, HelpfulError, runCommand, until } from './command.js';
import { dotPaddock } from './folders.js';
import { withLock } from './locks.js';
import { isAlive, lastLines, startTime } from './processes.js';
import type { Progress, Step } from './progress.js';
import type { SeededOrganization } from './stack/seed.js';
import { type Stack, startStack } from './stack/startStack.js';
import { table } from './table.js';

const STOP_MS = 60_000;
const NOT_UP = 3;
/** What stands in `.paddock/stack.json`. It holds API keys: only its owner can read it. */
interface StackFile {
  apiUrl: string;
  organizations: readonly SeededOrganization[];
  auditVerifierKey: string;
  databaseUrl: string;
  redisUrl: string;
  dockerHost: string;
  processes: { name: string; pid: number; healthUrl: string; logFile: string }[];
  /** `started` tells it from another process that was given its number since. */
  supervisor: { pid: number; started: string | undefined };
}

/** What the supervisor says to `up` while it starts: its lines, then how it ended. */
type Message =
  | { type: 'step' | 'update' | 'done' | 'fail'; id: number; text: string | undefined }
  | { type: 'print'; text: string }
  | { type: 'ready' }
  | { type: 'failed'; message: string };

const stackFile = (): string => path.join(dotPaddock(), 'stack.json');
const supervisorLog = (): string => path.join(dotPaddock(), 'stack.log');

async function readStack(): Promise<StackFile | undefined> {
  const text = await readFile(stackFile(), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const stack = JSON.parse(text) as StackFile;
  return isAlive(stack.supervisor.pid, stack.supervisor.started) ? stack : undefined;
}

async function up({ progress, signal }: Command): Promise<number> {
  return withLock(
    stackFile(),
    async () => {
      const running = await readStack();
      if (running !== undefined) {
        progress.print('The stack is up already.');
      } else {
        await startSupervisor(progress, signal);
      }
      return status(progress);
    },
    () => progress.print('Another command starts or stops the stack: waiting for it.'),
  );
}

async function startSupervisor(progress: Progress, signal: AbortSignal): Promise<void> {
  await mkdir(dotPaddock(), { recursive: true });
  await rm(stackFile(), { force: true });
  await rm(supervisorLog(), { force: true });
  const log = openSync(supervisorLog(), 'a', 0o600);
  // Not npm's any more: it outlives the command that starts it.
  const { npm_lifecycle_event: _, ...env } = process.env;
  const supervisor = fork(fileURLToPath(import.meta.url), ['supervise'], {
    detached: true,
    env,
    stdio: ['ignore', log, log, 'ipc'],
  });
  const stop = () => supervisor.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const steps = new Map<number, Step>();
  await new Promise<void>((resolve, reject) => {
    supervisor.on('message', (message: Message) => {
      if (message.type === 'ready') resolve();
      else if (message.type === 'failed') reject(new HelpfulError(message.message));
      else if (message.type === 'print') progress.print(message.text);
      else if (message.type === 'step') steps.set(message.id, progress.step(message.text ?? ''));
      else if (message.type === 'update') steps.get(message.id)?.update(message.text ?? '');
      else steps.get(message.id)?.[message.type](message.text);
    });
    supervisor.once('error', reject);
    supervisor.once('exit', async (code) => {
      const said = await lastLines(supervisorLog());
      reject(new HelpfulError(`The stack’s supervisor ended with code ${code} as it started.\n${said}`));
    });
  });
  signal.removeEventListener('abort', stop);
  supervisor.disconnect();
  supervisor.unref();
}

/** The background's side of `up`: starts the stack, says so, and holds it until it is told to end. */
async function supervise({ signal }: Command): Promise<number> {
  const tell = (message: Message) => {
    if (process.connected) process.send?.(message, undefined, {}, () => undefined); // `up` may have gone; nobody needs to know then.
  };
  let stack: Stack;
  try {
    stack = await startStack({ progress: tellingProgress(tell), signal });
    await writeStackFile(stack);
  } catch (error) {
    await new Promise((resolve) => {
      const message = error instanceof Error ? error.message : String(error);
      if (process.send) process.send({ type: 'failed', message } satisfies Message, undefined, {}, resolve);
      else resolve(undefined);
    });
    return 1;
  }
  tell({ type: 'ready' });
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  const problems = await stack.stop();
  for (const problem of problems) console.error(problem);
  await rm(stackFile(), { force: true });
  return problems.length === 0 ? 0 : 1;
}

function tellingProgress(tell: (message: Message) => void): Progress {
  let count = 0;
  const step = (title: string): Step => {
    const id = ++count;
    tell({ type: 'step', id, text: title });
    const say = (type: 'update' | 'done' | 'fail') => (text?: string) => tell({ type, id, text });
    return { update: say('update'), done: say('done'), fail: say('fail') };
  };
  return {
    step,
    run: async (title, work, detail) => {
      const begun = step(title);
      try {
        const result = await work(begun);
        begun.done(detail?.(result));
        return result;
      } catch (error) {
        begun.fail();
        throw error;
      }
    },
    print: (text) => tell({ type: 'print', text }),
    close: () => undefined,
  };
}

async function writeStackFile(stack: Stack): Promise<void> {
  const content: StackFile = {
    apiUrl: stack.apiUrl,
    organizations: stack.organizations,
    auditVerifierKey: stack.auditVerifierKey,
    databaseUrl: stack.databaseUrl,
    redisUrl: stack.redisUrl,
    dockerHost: stack.dockerHost,
    processes: stack.processes.map(({ name, pid, healthUrl, logFile }) => ({ name, pid, healthUrl, logFile })),
    supervisor: { pid: process.pid, started: startTime(process.pid) },
  };
  const part = `${stackFile()}.part`;
  await rm(part, { force: true });
  await writeFile(part, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(part, stackFile());
}

async function status(progress: Progress): Promise<number> {
  const stack = await readStack();
  if (stack === undefined) {
    progress.print('The stack is not up. Start it with: npm run stack -- up');
    return NOT_UP;
  }
  const states = await Promise.all(
    stack.processes.map(async (process) => ({ ...process, state: await health(process) })),
  );
  const rows = states.map(({ name, pid, state, logFile }) => [
    name,
    String(pid),
    state === 'ready' ? pc.green(state) : pc.red(state),
    logFile,
  ]);
  progress.print(`${table(['process', 'pid', 'state', 'log'], rows)}\n`);
  progress.print(`API and console  ${pc.cyan(stack.apiUrl)}`);
  progress.print(`Organizations    ${stack.organizations.map(({ slug, part }) => `${slug} (${part})`).join(', ')}`);
  progress.print(`Keys and more    ${path.relative(process.cwd(), stackFile()) || stackFile()}`);
  return states.every(({ state }) => state === 'ready') ? 0 : 1;
}

async function health({ pid, healthUrl }: { pid: number; healthUrl: string }): Promise<string> {
  if (!isAlive(pid)) return 'ended';
  try {
    const response = await fetch(`${healthUrl}/readyz`, { signal: AbortSignal.timeout(3_000) });
    const { status: said } = (await response.json()) as { status: string };
    return said;
  } catch {
    return 'no answer';
  }
}

async function down({ progress, signal }: Command): Promise<number> {
  return withLock(stackFile(), async () => {
    const stack = await readStack();
    if (stack === undefined) {
      await rm(stackFile(), { force: true });
      progress.print('The stack is not up.');
      return 0;
    }
    const { pid, started } = stack.supervisor;
    await progress.run('Stopping the stack', async () => {
      process.kill(pid, 'SIGTERM');
      await until(async () => !isAlive(pid, started), { timeoutMs: STOP_MS, what: 'The stack’s end', signal });
    });
    const problems = await lastLines(supervisorLog());
    if (problems !== '') progress.print(problems);
    await rm(stackFile(), { force: true });
    return 0;
  });
}

await runCommand((command) => {
  switch (process.argv[2]) {
    case 'up':
      return up(command);
    case 'status':
      return status(command.progress);
    case 'down':
      return down(command);
    case 'supervise':
      return supervise(command);
    default:
      throw new HelpfulError('Usage: npm run stack -- up|status|down');
  }
});
