import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

// Compiled, since the process is a real one.
const FIXTURE = fileURLToPath(new URL('../dist/runProcess.fixture.js', import.meta.url));
const SECRET = 'cAnArY2f9c1d';

type Line = Record<string, unknown>;
interface Started {
  readonly child: ChildProcess;
  readonly lines: Line[];
  readonly stderr: () => string;
  /** Resolves with the first line that fits, rejects when the process ends without one. */
  readonly line: (fits: (line: Line) => boolean) => Promise<Line>;
  readonly exit: Promise<number | NodeJS.Signals | null>;
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function run(mode: string, env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, [FIXTURE], {
    env: { PADDOCK_TEST_MODE: mode, REDIS_URL: `redis://:${SECRET}@localhost:6379`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let stdout = '';
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => void errors.push(text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (stdout + text).split('\n');
    stdout = parts.pop() as string;
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
    for (const look of waiting) look();
  });
  const exit = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  );
  const line = (fits: (line: Line) => boolean) =>
    new Promise<Line>((resolve, reject) => {
      const look = () => {
        const found = lines.find(fits);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      void exit.then(() => reject(new Error(`no such line in ${JSON.stringify(lines)} ${errors.join('')}`)));
    });
  return { child, lines, stderr: () => errors.join(''), line, exit };
}

const says = (msg: string) => (line: Line) => line['msg'] === msg;
const notes = (what: string) => (line: Line) => line['note'] === what;
const allNotes = ({ lines }: Started) => lines.flatMap((line) => line['note'] ?? []);
const ready = async (port: unknown) => {
  const response = await fetch(`http://127.0.0.1:${String(port)}/readyz`);
  return { status: response.status, body: (await response.json()) as unknown };
};

describe('runProcess', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('drains at %s: stops the newest first, and exits with 0', async (signal) => {
    const started = run('');
    const { healthPort } = await started.line(says('started'));
    expect(await ready(healthPort)).toEqual({ status: 200, body: { status: 'ready' } });
    await started.line(notes('resolved'));
    started.child.kill(signal);
    expect(await started.exit).toBe(0);
    expect(allNotes(started)).toEqual(['resolved', 'stop last', 'stop second', 'stop first']);
    expect(JSON.stringify(started.lines)).not.toContain(SECRET);
    expect(started.stderr()).toBe('');
  });

  it('is not ready while a check fails', async () => {
    const started = run('unready');
    const { healthPort } = await started.line(says('started'));
    expect(await ready(healthPort)).toEqual({ status: 503, body: { status: 'not_ready', failing: ['database'] } });
    expect(await started.line(says('not ready'))).toMatchObject({ check: 'database', err: { message: 'down' } });
  });

  it('answers that it drains while it does, and exits at once with 130 at a second signal', async () => {
    const started = run('stop-hangs', { PADDOCK_DRAIN_MS: '600000' });
    const { healthPort } = await started.line(says('started'));
    started.child.kill('SIGTERM');
    await started.line(notes('stop second'));
    expect(await ready(healthPort)).toEqual({ status: 503, body: { status: 'draining' } });
    started.child.kill('SIGINT');
    expect(await started.exit).toBe(130);
  });

  it('exits with 1 when stopping takes too long, and says what held it up', async () => {
    const started = run('stop-hangs', { PADDOCK_DRAIN_MS: '200' });
    await started.line(says('started'));
    started.child.kill('SIGTERM');
    expect(await started.exit).toBe(1);
    expect(started.lines.at(-1)).toMatchObject({ msg: 'stopping took too long', stopping: 'second' });
  });

  it('stops the rest when one stop throws, and exits with 1', async () => {
    const started = run('stop-throws');
    await started.line(says('started'));
    started.child.kill('SIGTERM');
    expect(await started.exit).toBe(1);
    expect(allNotes(started).slice(-2)).toEqual(['stop second', 'stop first']);
  });

  it('stops what it started when the start fails, and exits with 1', async () => {
    const started = run('start-throws');
    expect(await started.exit).toBe(1);
    expect(started.lines.find(says('could not start'))).toMatchObject({
      level: 'fatal',
      err: { message: 'nothing to start' },
    });
    expect(allNotes(started).slice(0, 2)).toEqual(['stop second', 'stop first']);
  });

  it('lets a start under way come to its end before it stops, when the signal comes that early', async () => {
    const started = run('slow-start');
    await started.line(notes('starting'));
    started.child.kill('SIGTERM');
    expect(await started.exit).toBe(0);
    expect(allNotes(started).filter((what) => what !== 'resolved')).toEqual([
      'starting',
      'stop last',
      'stop late',
      'stop second',
      'stop first',
    ]);
  });

  it('exits with 0 when a start under way breaks off at the signal', async () => {
    const started = run('breaks-off');
    await started.line(notes('starting'));
    started.child.kill('SIGTERM');
    expect(await started.exit).toBe(0);
    expect(allNotes(started)).toContain('stop first');
  });

  it.each([
    ['throws-later', 'uncaughtException', 'thrown'],
    ['rejects-later', 'unhandledRejection', 'something that is no error was thrown'],
  ])('logs what nobody caught (%s) and exits with 1', async (mode, msg, message) => {
    const started = run(mode);
    expect(await started.exit).toBe(1);
    expect(started.lines.find(says(msg))).toMatchObject({ level: 'fatal', err: { message } });
  });

  it('exits with 78 for a configuration that is not valid, and says why without a secret', async () => {
    const started = run('', { REDIS_URL: `http://${SECRET}`, PADDOCK_QUEUE_PREFX: 'x', PADDOCK_DRAIN_MS: 'long' });
    expect(await started.exit).toBe(78);
    expect(started.stderr()).toMatch(/^fixture: The configuration is not valid:\n/);
    for (const name of ['REDIS_URL', 'PADDOCK_QUEUE_PREFX', 'PADDOCK_QUEUE_PREFIX', 'PADDOCK_DRAIN_MS'])
      expect(started.stderr()).toContain(name);
    expect(started.stderr()).not.toContain(SECRET);
    expect(started.lines).toEqual([]);
  });

  it('exits with 1 when its health port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const port = (server.address() as { port: number }).port;
    const started = run('', { PADDOCK_HEALTH_PORT: String(port) });
    expect(await started.exit).toBe(1);
    server.close();
    expect(started.lines.find(says('could not start'))).toMatchObject({ level: 'fatal', err: { code: 'EADDRINUSE' } });
  });
});
