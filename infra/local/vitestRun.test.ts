import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { repositoryRoot } from './folders.js';
import { runVitest } from './vitestRun.js';

const FILES = {
  'passes.test.js': "it('passes', () => {});",
  'fails.test.js': "it('fails', () => { throw new Error('as it should'); }); it('passes too', () => {});",
  'wavers.test.js': "let tries = 0; it('wavers', { retry: 1 }, () => { if (tries++ === 0) throw new Error('once'); });",
  'breaks.test.js': "throw new Error('can’t be read');",
  'spins.test.js':
    "it('is quick', () => {}); it('spins', async () => { await new Promise((done) => setTimeout(done, 999)); for (;;); });",
  'waits.test.js': 'await new Promise((resolve) => setTimeout(resolve, 2 ** 30));',
};

it('counts what ended, and names what never does', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'paddock-vitest-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, 'node_modules'));
  await symlink(path.join(repositoryRoot(), 'node_modules/vitest'), path.join(folder, 'node_modules/vitest'));
  for (const [name, body] of Object.entries(FILES))
    await writeFile(path.join(folder, name), `import { it } from 'vitest';\n${body}\n`);
  const { signal } = new AbortController();
  const args = ['--root', folder, '--maxWorkers', String(Object.keys(FILES).length)];
  const run = await runVitest({ args, env: {}, signal, stallMs: 15_000, output: 'ignore' });
  expect(run).toMatchObject({ code: 1, passed: 3, failed: 2 });
  expect(run.flaky.map((name) => path.basename(name))).toEqual(['wavers.test.js > wavers: once']);
  expect(run.stalled?.files.map((file) => path.basename(file)).sort()).toEqual(['spins.test.js', 'waits.test.js']);
  expect(run.stalled?.at.map((name) => path.basename(name)).sort()).toEqual(['spins.test.js > spins', 'waits.test.js']);
});
