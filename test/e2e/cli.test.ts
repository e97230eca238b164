import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliFolder, cliFolder } from '../../apps/cli/src/runCli.testing.js';
import { installedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

const TOOLS = {
  echo: { body: 'return input', inputSchema: { type: 'object', properties: { n: { type: 'integer' } } } },
  sleep: { body: 'await new Promise((done) => setTimeout(done, 30_000))' },
  fail: { body: "send({ id, result: { isError: true, content: [{ type: 'text', text: '\\u001b[2Jno' }] } })" },
  eat: { body: 'const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1))' },
  crash: { body: 'process.exit(7)' },
  garbage: { body: "process.stdout.write('no\\n')" },
  big: { body: "return { text: 'x'.repeat(2 * 1024 * 1024) }" },
};

let stack: TestStack;
let made: Awaited<ReturnType<typeof installedPlugin>>;
beforeAll(async () => {
  stack = await testStack();
  made = await installedPlugin(stack, { tools: TOOLS });
});

/** A folder in which `paddock` is somebody. */
async function folderOf({ apiKey }: Pick<TestOrganization, 'apiKey'>) {
  const folder = await cliFolder();
  const env = { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: apiKey };
  return { ...folder, paddock: (...args: string[]) => folder.paddock(args, { env }) };
}
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('the command’s exit code', () => {
  it.each([
    [0, ['echo', '--input', '{"n":1}']],
    [6, ['fail']],
    [20, ['sleep', '--timeout-ms', '300']],
    [22, ['eat']],
    [24, ['big']],
    [25, ['garbage']],
    [26, ['crash']],
    [75, ['sleep', '--wait', '1']],
    [5, ['echo', '--input', '{"n":"x"}']],
    [4, ['nothing']],
    [2, ['echo', '--wait', 'soon']],
  ])('is %i for run %j', async (exitCode, args) => {
    const { paddock } = await folderOf(made.tenant);
    const result = await paddock('run', made.install.id, ...args, '--json');
    expect(result.exitCode, result.stderr).toBe(exitCode);
    if (result.stdout !== '') expect(json(result.stdout)).toMatchObject({ installId: made.install.id });
    else expect(json(result.stderr.slice(result.stderr.indexOf('{\n')))).toHaveProperty('error.code');
  });

  it.each<[number, string, () => Promise<{ exitCode: number; stderr: string }>]>([
    [3, 'another key', async () => (await folderOf({ apiKey: `${made.tenant.apiKey}x` })).paddock('runs')],
    [3, 'no key', async () => (await cliFolder()).paddock(['runs', '--url', stack.apiUrl])],
    [
      3,
      'a role that may not',
      async () => {
        const key = await unwrap(made.tenant.client.POST('/v1/api-keys', { body: { name: 'a', role: 'auditor' } }));
        return (await folderOf({ apiKey: key.secret })).paddock('run', made.install.id, 'echo');
      },
    ],
    [3, 'a tenant that verifies the whole trail', async () => (await folderOf(made.tenant)).paddock('audit', 'verify')],
    [
      4,
      'a run that is another’s',
      async () => {
        const run = await unwrap(made.tenant.client.GET('/v1/runs', { params: { query: { limit: 1 } } }));
        return (await folderOf(made.publisher)).paddock('runs', run.items[0]?.id ?? '');
      },
    ],
    [
      4,
      'a plugin that is not there',
      async () => (await folderOf(made.tenant)).paddock('install', 'nobody/nothing', '--yes'),
    ],
    [
      5,
      'a grant that was not declared',
      async () => (await folderOf(made.tenant)).paddock('install', made.version.plugin, '--grant', 'kv', '--yes'),
    ],
    [
      2,
      'an install without consent',
      async () => (await folderOf(made.tenant)).paddock('install', made.version.plugin),
    ],
    [2, 'no server', async () => (await cliFolder()).paddock(['runs'])],
    [
      69,
      'a server that is not there',
      async () =>
        (await cliFolder()).paddock(['runs'], { env: { PADDOCK_URL: 'http://127.0.0.1:9', PADDOCK_API_KEY: 'x' } }),
    ],
  ])('is %i for %s', async (exitCode, _what, call) => {
    const result = await call();
    expect(result.exitCode, result.stderr).toBe(exitCode);
    expect(result.stderr).not.toContain(made.tenant.apiKey);
  });
});

describe('the command', () => {
  it('shows a plugin’s words without obeying them', async () => {
    const { paddock } = await folderOf(made.tenant);
    const { stderr } = await paddock('run', made.install.id, 'fail');
    expect(stderr).toContain('no');
    expect(stderr).not.toContain('\u001b[2J');
  });

  it('tells what an install and a version can do', async () => {
    const { paddock } = await folderOf(made.tenant);
    for (const spec of [made.install.id, `${made.version.plugin}@${made.version.version}`]) {
      const { exitCode, stdout, stderr } = await paddock('abilities', spec, '--json');
      expect(exitCode, stderr).toBe(0);
      expect(json(stdout)).toMatchObject({ versionId: made.version.id, items: expect.any(Array) });
    }
  });

  it('keeps a key for its owner’s eyes, and sends it to no other server', async () => {
    const folder = await cliFolder();
    expect(await folder.paddock(['login', '--url', stack.apiUrl], { stdin: `${made.tenant.apiKey}\n` })).toMatchObject({
      exitCode: 0,
    });
    const { mode } = await stat(join(folder.path, '.config/paddock/config.json'));
    expect(mode & 0o077).toBe(0);
    expect(await folder.paddock(['installs'])).toMatchObject({ exitCode: 0 });
    expect(await folder.paddock(['installs', '--url', 'http://127.0.0.1:9'])).toMatchObject({ exitCode: 3 });
    expect(await folder.paddock(['login', '--url', stack.apiUrl], { stdin: 'wrong\n' })).toMatchObject({ exitCode: 3 });
    expect(await folder.paddock(['installs'])).toMatchObject({ exitCode: 0 });
  });

  it('brings a folder to a verdict, and says by its exit code which', async () => {
    const publisher = await stack.createOrganization('publisher');
    const { path, paddock } = await folderOf(publisher);
    expect(await paddock('keygen', '--out', 'key.pem', '--register', 'cli')).toMatchObject({ exitCode: 0 });
    const publish = async (name: string, entry: string) => {
      await paddock('init', name, '--name', `${publisher.slug}/${name}`);
      await writeFile(join(path, name, 'more.mjs'), entry);
      const { exitCode, stdout } = await paddock('publish', name, '--key', 'key.pem', '--json');
      return { exitCode, ...json(stdout) };
    };
    expect(await publish('honest', 'export {};')).toMatchObject({ exitCode: 0, state: 'published' });
    const review = await publish('strange', 'globalThis.load = require;');
    expect(review).toMatchObject({ exitCode: 0, state: 'review' });
    const own = await paddock('approve', String((review as Record<string, unknown>)['id']));
    expect(own.exitCode).toBe(3);
    const admin: CliFolder['paddock'] = (await cliFolder()).paddock;
    const env = { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: stack.adminKey };
    const id = String((review as Record<string, unknown>)['id']);
    expect(await admin(['reject', id, '--reason', 'eval'], { env })).toMatchObject({ exitCode: 0 });
    expect(await admin(['approve', id], { env })).toMatchObject({ exitCode: 5 });
  });
});
