import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HelpfulError, until } from '../command.js';
import { makeRunFolder, type RunFolder } from '../folders.js';
import { findProgram, isAlive } from '../processes.js';
import { createProgress } from '../progress.js';
import { dockerAt, startDocker, startOwnEngine } from './docker.js';
import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';

const progress = createProgress({ write: () => undefined });
const dockerd = findProgram('dockerd');
const redisServer = findProgram('redis-server');

describe('prerequisites', () => {
  let state: string;
  let runFolder: RunFolder;

  beforeEach(async () => {
    state = await mkdtemp(path.join(tmpdir(), 'pk-'));
    await chmod(state, 0o711); // PostgreSQL passes through as its own user.
    vi.stubEnv('PADDOCK_STATE_DIR', state);
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'DOCKER_HOST']) vi.stubEnv(name, '');
    runFolder = await makeRunFolder();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await runFolder.remove();
    expect(await readdir(path.join(state, 'runs'))).toEqual([]);
    await rm(state, { recursive: true, force: true });
  });

  it('starts a PostgreSQL that asks for its password and listens on 127.0.0.1 alone', async () => {
    const postgres = await startPostgres({ progress, runFolder, durable: false });
    try {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      const { rows } = await client.query('SELECT current_database() AS database, inet_server_addr()::text AS address');
      const { rows: listening } = await client.query('SHOW listen_addresses');
      await client.end();
      expect(rows).toEqual([{ database: 'paddock', address: expect.stringContaining('127.0.0.1') }]);
      expect(listening).toEqual([{ listen_addresses: '127.0.0.1' }]);
      const wrong = new URL(postgres.url);
      wrong.password = 'wrong';
      await expect(new pg.Client({ connectionString: wrong.href }).connect()).rejects.toMatchObject({ code: '28P01' });
    } finally {
      await postgres.stop();
    }
    expect(isAlive(Number(postgres.pid))).toBe(false);
  });

  it.skipIf(redisServer === undefined)('starts a Redis that asks for its password and evicts nothing', async () => {
    const redis = await startRedis({ progress, runFolder });
    try {
      const client = new Redis(redis.url);
      expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
      expect(await client.config('GET', 'save')).toEqual(['save', '']);
      client.disconnect();
      const stranger = connect(Number(new URL(redis.url).port), '127.0.0.1', () => stranger.write('PING\r\n'));
      const [answer] = await once(stranger, 'data');
      stranger.destroy();
      expect(String(answer)).toContain('-NOAUTH');
    } finally {
      await redis.stop();
    }
    expect(isAlive(Number(redis.pid))).toBe(false);
  });

  it.each([
    ['Redis', () => startRedis({ progress, runFolder, given: { redisUrl: 'redis://127.0.0.1:1' } })],
    [
      'database',
      () => startPostgres({ progress, runFolder, given: { databaseUrl: 'postgresql://x:y@127.0.0.1:1/z' } }),
    ],
    ['Docker engine', () => startDocker({ progress, runFolder, given: { dockerHost: `unix://${state}/none.sock` } })],
  ])('says so when the given %s does not answer, and starts none instead', async (name, start) => {
    await expect(start()).rejects.toThrow(HelpfulError);
    await expect(start()).rejects.toThrow(name);
  });

  describe.skipIf(dockerd === undefined || process.getuid?.() !== 0)('an engine of our own', () => {
    const start = () => startOwnEngine(dockerd ?? '', { progress, runFolder });

    it('leaves no process and no mount, and starts again on its images', async () => {
      for (let round = 1; round <= 2; round++) {
        const engine = await start();
        const info = (await dockerAt(engine.url).info()) as { DockerRootDir: string; CgroupDriver: string };
        await engine.stop();
        expect(info).toMatchObject({ DockerRootDir: path.join(state, 'engine-0/data'), CgroupDriver: 'cgroupfs' });
      }
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(state);
      expect(await processesNaming(state)).toEqual([]);
    });

    it('never shares its files with another: the second has a slot of its own', async () => {
      const second = await makeRunFolder();
      const engines = [await start(), await startOwnEngine(dockerd ?? '', { progress, runFolder: second })];
      const roots = await Promise.all(
        engines.map(async ({ url }) => ((await dockerAt(url).info()) as { DockerRootDir: string }).DockerRootDir),
      );
      await Promise.all(engines.map((engine) => engine.stop()));
      await second.remove();
      expect(roots).toEqual([path.join(state, 'engine-0/data'), path.join(state, 'engine-1/data')]);
    });

    it('comes back when its daemon is killed, and ends whole when all of it is', async () => {
      const engine = await start();
      const daemon = (await processesNaming(state)).find(({ command }) => command.startsWith(`${dockerd}\0`));
      process.kill(Number(daemon?.pid), 'SIGKILL');
      await until(async () => !isAlive(Number(daemon?.pid)), { timeoutMs: 10_000, what: 'the daemon’s end' });
      const answers = () =>
        dockerAt(engine.url)
          .ping()
          .then(
            () => true,
            () => false,
          );
      await until(answers, { timeoutMs: 60_000, what: 'the daemon’s return' });
      process.kill(Number(engine.pid), 'SIGKILL');
      await until(async () => (await processesNaming(state)).length === 0, {
        timeoutMs: 10_000,
        what: 'the end of all',
      });
      await engine.stop();
      const again = await start();
      await again.stop();
    });
  });
});

/** Every process whose command line names a folder. */
async function processesNaming(folder: string): Promise<{ pid: number; command: string }[]> {
  return (await readdir('/proc'))
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .flatMap((name) => {
      try {
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        return []; // It has ended since.
      }
    })
    .filter(({ command }) => command.includes(folder));
}
