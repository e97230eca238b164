/**
 * `npm test [-- vitest's arguments]`: checks, prerequisites, all tests, and a last line `N passed, N failed`.
 * With arguments, the checks are left out. Everything that was started is ended.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runChecks } from './checks.js';
import { unwatch, watch, watchFolder } from './children.js';
import { type Command, HelpfulError, runCommand } from './command.js';
import { makeRunFolder, repositoryRoot } from './folders.js';
import { findChromium } from './prerequisites/chromium.js';
import { startPrerequisites } from './prerequisites/start.js';
import { sandboxImage } from './stack/startStack.js';

/** How long vitest may take to end after Ctrl-C, in milliseconds. */
const VITEST_STOP_MS = 15_000;

/** What we read of vitest's JSON report. A file that could not be run has a message and no results. */
interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[];
}

await runCommand(async (command) => {
  const args = process.argv.slice(2);
  const broken = args.length === 0 ? await runChecks(command.progress, command.signal) : 0;
  const { code, passed, failed } = await runTests(command, args);
  // A check that failed and a vitest that failed without a failed test (an error outside of any) count as one failure each.
  const failures = failed + broken + (code !== 0 && failed === 0 ? 1 : 0);
  command.progress.print(`${passed} passed, ${failures} failed`);
  return failures === 0 ? 0 : code || 1;
});

async function runTests(
  { progress, signal }: Command,
  args: string[],
): Promise<{ code: number; passed: number; failed: number }> {
  const runFolder = await makeRunFolder();
  watchFolder(runFolder.path);
  try {
    const everything = args.length === 0;
    const found = await startPrerequisites({ progress, runFolder, signal, browser: everything, durable: false });
    try {
      const image = await sandboxImage(progress, found.docker.url);
      signal.throwIfAborted();
      const chromium = findChromium();
      const reportFile = path.join(runFolder.path, 'report.json');
      const code = await runVitest(
        [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
        signal,
        {
          DOCKER_HOST: found.docker.url,
          PADDOCK_TEST_DATABASE_URL: found.postgres.url,
          PADDOCK_TEST_REDIS_URL: found.redis.url,
          PADDOCK_TEST_NODE_IMAGE: image,
          ...(chromium === undefined ? {} : { PADDOCK_TEST_CHROMIUM: chromium }),
        },
      );
      return { code, ...(await count(reportFile)) };
    } finally {
      await progress.run('Stopping what was started', () => found.stop());
    }
  } finally {
    await runFolder.remove();
  }
}

/** Runs vitest in a group of its own, so that Ctrl-C lets it end before its database does. */
async function runVitest(args: string[], signal: AbortSignal, env: Record<string, string>): Promise<number> {
  const manifest = createRequire(path.join(repositoryRoot(), 'package.json')).resolve('vitest/package.json');
  const vitest = spawn(process.execPath, [path.join(path.dirname(manifest), 'vitest.mjs'), 'run', ...args], {
    cwd: repositoryRoot(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  if (vitest.pid !== undefined) watch(vitest.pid, 'SIGINT');
  const abort = () => {
    vitest.kill('SIGINT');
    setTimeout(() => killGroup(vitest.pid), VITEST_STOP_MS).unref();
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      vitest.once('error', (cause) => reject(new HelpfulError(`vitest can’t be started: ${cause.message}`, { cause })));
      vitest.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    signal.removeEventListener('abort', abort);
    killGroup(vitest.pid);
    if (vitest.pid !== undefined) unwatch(vitest.pid);
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended, as it should.
  }
}

async function count(reportFile: string): Promise<{ passed: number; failed: number }> {
  const text = await readFile(reportFile, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 0 };
  const report = JSON.parse(text) as Report;
  const unread = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unread.length };
}
