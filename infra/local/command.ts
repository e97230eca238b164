/**
 * The frame of every local command: a progress printer, Ctrl-C that ends in order, errors that a person can act on, and
 * the exit code. It knows nothing of what the command does.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createProgress, type Progress } from './progress.js';

/** An error whose message alone tells a person what to do; nobody needs its stack. */
export class HelpfulError extends Error {
  override readonly name = 'HelpfulError';
}

export interface Command {
  readonly progress: Progress;
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP. Whoever started something ends it then. */
  readonly signal: AbortSignal;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Interrupt = keyof typeof SIGNALS;

/** A signal within this time of the first is the same one, seen twice: npm passes on what the terminal sends to all. */
const SAME_SIGNAL_MS = 1_000;
/** How long the ending in order may take, in milliseconds, before the watchdog has to do it. */
const STOP_MS = 60_000;

const PARENT_POLL_MS = 500;

/**
 * Runs a command and ends the process with the exit code that `main` returns: 1 when it throws, 128 + n after a signal.
 * After a signal `main` has a minute to end what it started; a second signal ends at once.
 */
export async function runCommand(main: (command: Command) => Promise<number>): Promise<never> {
  const progress = createProgress();
  const controller = new AbortController();
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined) {
    // Whoever ran us was killed, and could not say so.
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }, PARENT_POLL_MS).unref();
  }
  let interrupted: { code: number; at: number } | undefined;
  for (const name of Object.keys(SIGNALS) as Interrupt[]) {
    process.on(name, () => {
      if (interrupted === undefined) {
        interrupted = { code: SIGNALS[name], at: Date.now() };
        if (process.stdout.isTTY) progress.print('Stopping; once more to stop at once.');
        controller.abort(new HelpfulError('Stopped.'));
        void sleep(STOP_MS, undefined, { ref: false }).then(() => process.exit(SIGNALS[name]));
      } else if (Date.now() - interrupted.at > SAME_SIGNAL_MS) {
        process.exit(interrupted.code);
      }
    });
  }
  let code: number;
  try {
    code = await main({ progress, signal: controller.signal });
  } catch (error) {
    code = 1;
    if (!controller.signal.aborted) progress.print(`\n${explain(error)}`);
  }
  progress.close();
  process.exit(interrupted?.code ?? code);
}

function explain(error: unknown): string {
  if (error instanceof HelpfulError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Asks `probe` until it answers true.
 * @throws what `signal` was aborted with, or HelpfulError after `timeoutMs`.
 */
export async function until(
  probe: () => Promise<boolean>,
  { timeoutMs, what, signal }: { timeoutMs: number; what: string; signal?: AbortSignal | undefined },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await probe())) {
    signal?.throwIfAborted();
    if (Date.now() > deadline) throw new HelpfulError(`${what} did not happen within ${timeoutMs / 1000} s.`);
    await sleep(50);
  }
}
