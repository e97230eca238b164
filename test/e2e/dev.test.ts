import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { cliFolder } from '../../apps/cli/src/runCli.testing.js';
import { manifestOf, programOf, type ToolSource } from '../support/plugins.js';
import { type TestStack, testStack } from '../support/stack.js';

const ASK = `waiting.push((line) => { const { id: asked, result, error } = JSON.parse(line); if (asked !== 'h') return; send({ id, result: { content: [], structuredContent: { result, error } } }); }); send({ id: 'h', method: input.method, params: input.params });`;
const TOOLS: Record<string, ToolSource> = {
  echo: { body: 'return input', inputSchema: { type: 'object', properties: { n: { type: 'integer' } } } },
  wrong: { body: 'return { n: "x" }', outputSchema: { type: 'object', properties: { n: { type: 'integer' } } } },
  eat: { body: 'const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1))' },
  crash: { body: 'process.exit(7)' },
  tell: {
    body: `send({ method: 'notifications/progress', params: { progressToken: 0, progress: 3, total: 4 } });
      send({ method: 'notifications/message', params: { level: 'warning', data: 'take care' } });
      return {}`,
  },
  ask: { body: ASK },
};

/** Each call is a process that tries every control of its sandbox first. */
const MINUTES = 60_000;

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack();
});

/** A plugin's folder, and the command beside it. */
async function devFolder(change: Record<string, unknown> = {}) {
  const folder = await cliFolder();
  const manifest = { ...manifestOf('acme', { tools: TOOLS }), ...change };
  await mkdir(join(folder.path, 'plugin'));
  const file = (name: string) => join(folder.path, 'plugin', name);
  const main = `const waiting = [];\n${programOf(manifestOf('acme', { tools: TOOLS }).tools, TOOLS)}
createInterface({ input: process.stdin }).on('line', (line) => waiting.forEach((look) => look(line)));`;
  await writeFile(file('plugin.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(file('main.mjs'), main);
  const call = (tool: string, input: object = {}, env: Record<string, string> = {}) =>
    folder.paddock(['dev', 'plugin', '--json', '--call', tool, '--input', JSON.stringify(input)], {
      env: { DOCKER_HOST: stack.dockerHost, ...env },
    });
  return { ...folder, file, call };
}
const errorOf = (stderr: string) =>
  (JSON.parse(stderr.slice(stderr.indexOf('{\n'))) as { error: { code: string; issues?: { message: string }[] } })
    .error;

it('runs a folder’s tools in the sandbox, and ends as a run would', { timeout: 5 * MINUTES }, async () => {
  const { call } = await devFolder();
  const echo = await call('echo', { n: 1 });
  expect(echo.exitCode, echo.stderr).toBe(0);
  expect(JSON.parse(echo.stdout)).toMatchObject({
    state: 'succeeded',
    output: { n: 1 },
    usage: { cpuUs: expect.any(Number) },
    limits: { memoryBytes: 128 * 1024 * 1024 },
  });
  for (const [tool, exitCode] of [
    ['wrong', 6],
    ['eat', 22],
    ['crash', 26],
  ] as const)
    expect(await call(tool)).toMatchObject({ exitCode });
  expect(JSON.parse((await call('tell')).stdout)).toMatchObject({ logs: [{ level: 'warning', message: 'take care' }] });
});

it('says what is wrong, and where', { timeout: 5 * MINUTES }, async () => {
  const { call, file } = await devFolder();
  expect(errorOf((await call('nothing')).stderr).code).toBe('tool_unknown');
  expect(errorOf((await call('echo', { n: 'x' })).stderr).code).toBe('input_invalid');
  const text = await readFile(file('plugin.json'), 'utf8');
  await writeFile(file('plugin.json'), text.replace('"version"', '"image": "x",\n  "version"'));
  const unknown = await call('echo');
  expect(unknown.exitCode).toBe(5);
  expect(errorOf(unknown.stderr)).toMatchObject({
    code: 'manifest_invalid',
    issues: [{ message: expect.stringContaining('line 3, column 3') }],
  });
  await writeFile(file('plugin.json'), text.replace('"description": "echo"', '"description": "another"'));
  expect(errorOf((await call('echo')).stderr).code).toBe('tools_mismatch');
  expect(await call('echo', {}, { DOCKER_HOST: 'unix:///nowhere.sock' })).toMatchObject({ exitCode: 69 });
});

it('answers host services as they are declared, and refuses as the platform does', {
  timeout: 5 * MINUTES,
}, async () => {
  const { call } = await devFolder({ capabilities: { kv: true, secrets: ['TOKEN'] } });
  const ask = async (method: string, params: object) => {
    const { stdout, stderr } = await call('ask', { method, params }, { PADDOCK_SECRET_TOKEN: 'value of the secret' });
    expect(stdout, stderr).not.toBe('');
    return (JSON.parse(stdout) as { output: { result?: unknown; error?: { data: { code: string } } } }).output;
  };
  expect(await ask('host/kv.put', { key: 'a', value: 1 })).toMatchObject({ result: { version: 1 } });
  expect(await ask('host/secrets.get', { name: 'TOKEN' })).toMatchObject({ result: { value: 'value of the secret' } });
  expect(await ask('host/secrets.get', { name: 'OTHER' })).toMatchObject({
    error: { data: { code: 'capability_not_granted' } },
  });
  expect(await ask('host/http.fetch', { url: 'https://example.com' })).toMatchObject({
    error: { data: { code: 'capability_not_granted' } },
  });
});

it('loads a folder anew when it changes, and takes calls at the terminal', { timeout: 5 * MINUTES }, async () => {
  const { path, file } = await devFolder();
  const command = fileURLToPath(new URL('../../apps/cli/bin/paddock.js', import.meta.url));
  const child = spawn(process.execPath, [command, 'dev', 'plugin'], {
    cwd: path,
    env: { PATH: process.env['PATH'] ?? '', DOCKER_HOST: stack.dockerHost },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const says = (text: string | RegExp) => expect.poll(() => said, { timeout: 60_000 }).toMatch(text);

  await says('sample-acme@1.0.0 is loaded');
  child.stdin.write('echo n=1\n');
  await says('"n": 1');
  child.stdin.write('tell\n');
  await says(/3\/4[\s\S]*succeeded/);
  child.stdin.write('call echo {"n": "x"}\n');
  await says('input_invalid');

  const text = await readFile(file('plugin.json'), 'utf8');
  await writeFile(file('plugin.json'), text.replace('1.0.0', 'one'));
  await says(/manifest_invalid[\s\S]*version.*line 3, column 3/);
  await writeFile(file('plugin.json'), text.replace('1.0.0', '1.0.1'));
  await says('sample-acme@1.0.1 is loaded');
  child.stdin.write('echo n=2\n');
  await says('"n": 2');

  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.write('quit\n');
  expect(await ended).toBe(0);
});
