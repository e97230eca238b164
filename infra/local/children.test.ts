import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild } from './children.js';
import { HelpfulError, until } from './command.js';
import { repositoryRoot } from './folders.js';
import { isAlive } from './processes.js';

const ENV = { PATH: process.env['PATH'] ?? '' };
const node = (name: string, script: string, logFile: string) =>
  ({ name, command: process.execPath, args: ['-e', script], env: ENV, logFile }) as const;

describe('startChild', () => {
  let folder: string;
  let logFile: string;
  const written = (text: string) =>
    until(async () => (await readFile(logFile, 'utf8').catch(() => '')).includes(text), {
      timeoutMs: 20_000,
      what: text,
    });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'paddock-children-'));
    logFile = path.join(folder, 'log');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('asks a process to end and says how it did', async () => {
    const script = "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)";
    const child = await startChild(node('polite', script, logFile));
    await written('up');
    expect(await child.stop()).toEqual({ code: 7, signal: null, forced: false });
    expect(await child.lastLines()).toBe('up');
  });

  it('kills a process that does not end, and what it started', async () => {
    const script = `
      const child = require('node:child_process').spawn('sleep', ['600']);
      process.on('SIGTERM', () => {});
      child.on('spawn', () => console.log('child ' + child.pid + ' up'));
      setInterval(() => {}, 1000)`;
    const child = await startChild(node('stubborn', script, logFile));
    await written('up');
    const grandchild = Number(/child (\d+)/.exec(await child.lastLines())?.[1]);
    expect(await child.stop({ graceMs: 100 })).toEqual({ code: null, signal: 'SIGKILL', forced: true });
    await until(async () => !isAlive(grandchild), { timeoutMs: 10_000, what: 'the grandchild’s end' });
  });

  it('refuses a program that is not there', async () => {
    const missing = { ...node('nothing', '', logFile), command: path.join(folder, 'nothing') };
    await expect(startChild(missing)).rejects.toThrow(HelpfulError);
  });

  it('ends what a command started, and removes its folder, when the command is killed', async () => {
    const dist = path.join(repositoryRoot(), 'infra/dist/local');
    const kept = path.join(folder, 'run');
    const script = `
      import { mkdirSync } from 'node:fs';
      import { startChild, watchFolder } from ${JSON.stringify(path.join(dist, 'children.js'))};
      mkdirSync(${JSON.stringify(kept)});
      watchFolder(${JSON.stringify(kept)});
      const child = await startChild({ name: 'x', command: 'sleep', args: ['600'], env: process.env, logFile: ${JSON.stringify(logFile)} });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const command = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await new Promise<number[]>((resolve) =>
      command.stdout.once('data', (chunk) => resolve([Number(chunk)])),
    );
    expect(isAlive(Number(pid))).toBe(true);
    command.kill('SIGKILL');
    await until(async () => !isAlive(Number(pid)) && !existsSync(kept), { timeoutMs: 20_000, what: 'the end of all' });
  });
});
