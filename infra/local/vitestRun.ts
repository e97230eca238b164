/**
 * One run of vitest, watched from outside of it. What hangs for good is ended and named: a module that never loads and a loop
 * that never yields mind no test's time limit, and vitest then waits for ever.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unwatch, watch } from './children.js';
import { HelpfulError } from './command.js';
import { repositoryRoot } from './folders.js';
import type { VitestEvent } from './vitestReporter.js';

/** How long vitest may take to end after Ctrl-C, in milliseconds. */
const STOP_MS = 15_000;
/** Longer than a test may take with its second try, in milliseconds: see vitest.config.ts and test/console/browser.ts. */
const STALL_MS = 480_000;

export interface VitestRun {
  /** The exit code; 1 when it was ended. */
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
  /** Which of those that passed did so at their second try only, and what the first failed with. */
  readonly flaky: string[];
  /** Where nothing began or ended any more: which files had not ended, and what was under way. */
  readonly stalled?: { files: string[]; at: string[] };
}

export interface VitestOptions {
  args: readonly string[];
  /** Added to this process's own. */
  env: Record<string, string>;
  signal: AbortSignal;
  /** How long nothing may begin or end, in milliseconds. */
  stallMs?: number;
  /** Where vitest's own words go; to ours unless told otherwise. */
  output?: 'inherit' | 'ignore';
}

/**
 * Runs vitest in a group of its own, so that Ctrl-C lets it end before its database does.
 * @throws HelpfulError when it can't be started
 */
export async function runVitest(options: VitestOptions): Promise<VitestRun> {
  const { args, env, signal, stallMs = STALL_MS, output = 'inherit' } = options;
  const manifest = createRequire(path.join(repositoryRoot(), 'package.json')).resolve('vitest/package.json');
  const reporter = path.join(repositoryRoot(), 'infra/local/vitestReporter.ts');
  const reporters = ['--reporter=default', `--reporter=${reporter}`];
  const vitest = spawn(
    process.execPath,
    [path.join(path.dirname(manifest), 'vitest.mjs'), 'run', ...args, ...reporters],
    {
      cwd: repositoryRoot(),
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output, 'ipc'],
      detached: true,
    },
  );
  const { pid } = vitest;
  if (pid !== undefined) watch(pid, 'SIGINT');

  const unended = new Set<string>();
  const at = new Map<string, string | null>();
  const count = { passed: 0, failed: 0, flaky: [] as string[] };
  const name = (file: string) => path.relative(repositoryRoot(), file);
  let stalled: VitestRun['stalled'];
  const timer = setTimeout(() => {
    stalled = {
      files: [...unended].map(name),
      at: [...at].map(([file, test]) => (test === null ? name(file) : `${name(file)} > ${test}`)),
    };
    killGroup(pid);
  }, stallMs);
  vitest.on('message', (message) => {
    const event = message as VitestEvent;
    timer.refresh();
    if (event.kind === 'files') for (const file of event.files) unended.add(file);
    else if (event.kind === 'at') at.set(event.file, event.test);
    else {
      unended.delete(event.file);
      at.delete(event.file);
      count.passed += event.passed;
      count.failed += event.failed;
      count.flaky.push(...event.flaky.map((test) => `${name(event.file)} > ${test}`));
    }
  });
  const abort = () => {
    vitest.kill('SIGINT');
    setTimeout(() => killGroup(pid), STOP_MS).unref();
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    const code = await new Promise<number>((resolve, reject) => {
      vitest.once('error', (cause) => reject(new HelpfulError(`vitest can’t be started: ${cause.message}`, { cause })));
      vitest.once('exit', (exitCode) => resolve(exitCode ?? 1));
    });
    return { code, ...count, ...(stalled && { stalled }) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    killGroup(pid);
    if (pid !== undefined) unwatch(pid);
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended, as it should.
  }
}
