/**
 * `npm test [-- vitest's arguments]`: checks, prerequisites, all tests, and a last line `N passed, N failed`.
 * With arguments, the checks are left out. Everything that was started is ended.
 */
import { runChecks } from './checks.js';
import { watchFolder } from './children.js';
import { type Command, runCommand } from './command.js';
import { makeRunFolder } from './folders.js';
import { findChromium } from './prerequisites/chromium.js';
import { startPrerequisites } from './prerequisites/start.js';
import { runVitest, type VitestRun } from './vitestRun.js';

await runCommand(async (command) => {
  const args = process.argv.slice(2);
  const broken = args.length === 0 ? await runChecks(command.progress, command.signal) : 0;
  const { code, passed, failed, flaky } = await runTests(command, args);
  // A check that failed and a vitest that failed without a failed test (an error outside of any) count as one failure each.
  const failures = failed + broken + (code !== 0 && failed === 0 ? 1 : 0);
  if (flaky.length > 0) command.progress.print(`These passed at their second try only:\n${lines(flaky)}`);
  command.progress.print(`${passed} passed, ${failures} failed`);
  return failures === 0 ? 0 : code || 1;
});

async function runTests({ progress, signal }: Command, args: string[]): Promise<VitestRun> {
  const runFolder = await makeRunFolder();
  watchFolder(runFolder.path);
  try {
    const everything = args.length === 0;
    const found = await startPrerequisites({
      progress,
      runFolder,
      signal,
      browser: everything,
      go: true,
      gvisor: true,
      durable: false,
    });
    try {
      signal.throwIfAborted();
      const chromium = findChromium();
      const env = {
        DOCKER_HOST: found.docker.url,
        PADDOCK_TEST_DATABASE_URL: found.postgres.url,
        PADDOCK_TEST_REDIS_URL: found.redis.url,
        PADDOCK_TEST_IMAGES: JSON.stringify(found.images),
        ...(chromium === undefined ? {} : { PADDOCK_TEST_CHROMIUM: chromium }),
      };
      const first = await runVitest({ args, env, signal });
      if (first.stalled === undefined) return first;
      // What hung may be vitest's own doing. What hangs twice is ours.
      const { files, at } = first.stalled;
      if (files.length === 0) {
        progress.print('Every test has ended, but vitest did not.');
        return { ...first, failed: first.failed + 1 };
      }
      progress.print(`Nothing ended any more, while these were under way:\n${lines(at)}\nAgain:\n${lines(files)}`);
      const second = await runVitest({ args: [...files, ...args.filter((arg) => arg.startsWith('-'))], env, signal });
      if (second.stalled !== undefined) progress.print(`These hang:\n${lines(second.stalled.at)}`);
      return {
        code: second.code,
        passed: first.passed + second.passed,
        failed: first.failed + second.failed + (second.stalled?.files.length ?? 0),
        flaky: [...first.flaky, ...second.flaky],
      };
    } finally {
      await progress.run('Stopping what was started', () => found.stop());
    }
  } finally {
    await runFolder.remove();
  }
}

function lines(names: readonly string[]): string {
  return names.map((name) => `  ${name}`).join('\n');
}
