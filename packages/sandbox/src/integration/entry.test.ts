/** The first process of a sandbox (infra/runtimes/entry): what it hands on, what it keeps off, and that it ends. */
import { DEFAULT_LIMITS } from '@paddock/contracts';
import Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FrameDecoder, STDOUT } from '../frames.js';
import { openSandboxHost } from '../index.js';
import type { Sandbox } from '../sandbox.js';
import { openProxy } from './engineProxy.js';
import { openTestHost, socketPath, type TestHost, writeBundle } from './harness.js';

/** Holds its own end of its standard input open, minds no signal, and has children that outlive their parents. */
const STUBBORN = `
import fs from 'node:fs';
import { spawn } from 'node:child_process';
fs.openSync('/proc/self/fd/0', 'w');
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref();
process.stdout.write('ready\\n');
setInterval(() => {}, 1000);
`;

let test: TestHost;
let started: Sandbox[];
let bundles: Awaited<ReturnType<typeof writeBundle>>[];
beforeAll(async () => {
  test = await openTestHost();
});
beforeEach(() => {
  started = [];
  bundles = [];
});
afterEach(async () => {
  await Promise.all(started.map((sandbox) => sandbox.destroy()));
  await Promise.all(bundles.map((bundle) => bundle.remove()));
});
afterAll(async () => {
  await test.host.removeOrphans();
  expect(await test.leftovers()).toEqual([]);
});

/** Starts a program in a sandbox, and has its first line. */
async function start(source: string, { lifeMs = 60_000, host = test.host } = {}) {
  const bundle = await writeBundle({ 'plugin.mjs': source });
  bundles.push(bundle);
  const spec = { installId: 'entry', runtime: 'node' as const, bundleDir: bundle.dir, entry: 'plugin.mjs' };
  const sandbox = await host.start({ ...spec, limits: { ...DEFAULT_LIMITS, cpuMillis: 1000 }, lifeMs });
  started.push(sandbox);
  let text = '';
  const line = new Promise<string>((resolve) => {
    const frames = new FrameDecoder((stream, bytes) => {
      if (stream === STDOUT) text += bytes.toString();
      if (text.includes('\n')) resolve(text);
    });
    sandbox.listen({ data: (chunk) => frames.push(chunk), drain: () => {}, ended: () => resolve(text) });
  });
  return { sandbox, line };
}

it.each([
  ['process.exit(0)', 0],
  ['process.exit(7)', 7],
  ['process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)', 137],
  ['process.abort()', 134],
])('ends as the plugin ends: %s → %i', async (source, code) => {
  const { sandbox } = await start(source);
  await sandbox.end;
  expect(await sandbox.exit()).toMatchObject({ code });
});

it('hands on nothing but standard input, output and error', async () => {
  const { line } = await start(`
    import fs from 'node:fs';
    // Node has descriptors of its own by now; but for /dev/null none of them is of the file system.
    const open = fs.readdirSync('/proc/self/fd').map(Number).filter((fd) => fd > 2);
    const paths = open.flatMap((fd) => { try { return [fs.readlinkSync('/proc/self/fd/' + fd)]; } catch { return []; } });
    console.log(JSON.stringify(paths.filter((path) => path.startsWith('/') && path !== '/dev/null' && !path.startsWith('/proc/'))));
    setInterval(() => {}, 1000);`);
  expect(JSON.parse(await line)).toEqual([]);
});

it('reaps what the plugin leaves behind', async () => {
  const { line } = await start(`
    import fs from 'node:fs';
    import { spawnSync } from 'node:child_process';
    // Each parent leaves at once, so its child is the first process's to reap.
    const child = 'require("child_process").spawn(process.execPath, ["-e", "0"], { detached: true, stdio: "ignore" }).unref()';
    for (let i = 0; i < 5; i++) spawnSync(process.execPath, ['-e', child]);
    const states = () => fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).map((pid) => { try { return fs.readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1][0]; } catch { return 'gone'; } });
    const look = () => states().length > 2 ? setTimeout(look, 50) : console.log(JSON.stringify(states()));
    setTimeout(look, 300);
    setInterval(() => {}, 1000);`);
  expect(JSON.parse(await line)).not.toContain('Z');
});

it('can be neither killed, stopped nor written into by the plugin', async () => {
  const { line, sandbox } = await start(`
    import fs from 'node:fs';
    const attempt = (act) => { try { act(); return 'done'; } catch (error) { return error.code; } };
    const found = {
      name: fs.readFileSync('/proc/1/comm', 'utf8').trim(),
      memory: attempt(() => fs.openSync('/proc/1/mem', 'r+')),
      read: attempt(() => fs.openSync('/proc/1/mem', 'r')),
      descriptors: attempt(() => fs.readdirSync('/proc/1/fd')),
    };
    for (const name of ['SIGKILL', 'SIGSTOP', 'SIGHUP', 'SIGCHLD']) attempt(() => process.kill(1, name));
    setTimeout(() => console.log(JSON.stringify({ ...found, state: fs.readFileSync('/proc/1/stat', 'utf8').split(') ')[1][0] })), 200);
    setInterval(() => {}, 1000);`);
  const denied = { memory: 'EACCES', read: 'EACCES', descriptors: 'EACCES' };
  expect(JSON.parse(await line)).toEqual({ name: 'paddock-entry', ...denied, state: 'S' });
  await sandbox.kill();
});

it('ends when its life is over, whatever the plugin does', async () => {
  const { sandbox, line } = await start(STUBBORN, { lifeMs: 1500 });
  expect(await line).toBe('ready\n');
  await sandbox.end;
  expect(await sandbox.exit()).toMatchObject({ code: 124 });
});

it('refuses to begin without a life', async () => {
  // The spec can't say so, hence the container is made by hand.
  const docker = new Docker({ socketPath });
  for (const args of [[], ['--life-ms=0'], ['--life-ms=1s'], ['--life-ms=99999999999']]) {
    const Cmd = ['/usr/bin/paddock-entry', ...args, '--', '/usr/bin/node', '-e', 'process.exit(3)'];
    const container = await docker.createContainer({
      Image: test.options.images.node,
      Cmd,
      HostConfig: { NetworkMode: 'none' },
    });
    await container.start();
    expect(await container.wait()).toMatchObject({ StatusCode: 125 });
    await container.remove({ force: true });
  }
});

it('ends soon after the executor’s connection is gone, although the plugin goes on; its remains are an orphan', async () => {
  const proxy = await openProxy(socketPath);
  const host = await openSandboxHost({ ...test.options, docker: { socketPath: proxy.socketPath } });
  const { sandbox, line } = await start(STUBBORN.replace(/fs\.openSync.*\n/, ''), { host });
  expect(await line).toBe('ready\n');
  await proxy.cut();
  // Nobody removes it: it ends by itself.
  const container = new Docker({ socketPath }).getContainer(`paddock-${sandbox.id}`);
  await expect
    .poll(async () => (await container.inspect()).State, { timeout: 30_000 })
    .toMatchObject({ Running: false, ExitCode: 124 });
  expect(await test.host.removeOrphans()).toBe(1);
  started = [];
});
