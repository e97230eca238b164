/** A Redis to work with: the one that REDIS_URL names, or one of our own that keeps nothing. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Redis } from 'ioredis';
import { startChild } from '../children.js';
import { HelpfulError, until } from '../command.js';
import { describeExit, findProgram, freePorts } from '../processes.js';
import type { Wanted } from './packages.js';
import type { Prerequisite, PrerequisiteOptions } from './prerequisite.js';

const START_MS = 20_000;
/** Somebody else may take the port between our look and Redis's start. */
const PORT_TRIES = 5;
const OTHERWISE = 'set REDIS_URL to a Redis 7 or newer';

/** What is missing to have a Redis, if anything is. */
export function redisWanted({ given }: PrerequisiteOptions): Wanted[] {
  if (given?.redisUrl || process.env['REDIS_URL'] || findProgram('redis-server') !== undefined) return [];
  return [{ program: 'Redis', packages: ['redis-server'], otherwise: OTHERWISE }];
}

/**
 * @returns a Redis that answers; our own listens on 127.0.0.1 only, wants a password, refuses to evict and keeps no file
 * @throws HelpfulError when REDIS_URL does not answer, or ours does not start
 */
export async function startRedis(options: PrerequisiteOptions): Promise<Prerequisite> {
  const { progress, signal, runFolder } = options;
  const given = options.given?.redisUrl ?? process.env['REDIS_URL'];
  if (given) {
    await progress.run(
      'Redis',
      async () => {
        if (!(await answers(given))) throw new HelpfulError('The Redis that REDIS_URL names does not answer.');
      },
      () => 'from REDIS_URL',
    );
    return { url: given, startedByUs: false, stop: async () => undefined };
  }
  const program = findProgram('redis-server');
  if (program === undefined) throw new HelpfulError(`redis-server was not found: ${OTHERWISE}.`);
  return progress.run(
    'Redis',
    async () => {
      for (let attempt = 1; ; attempt++) {
        const started = await start(program, runFolder, signal);
        if (typeof started !== 'string') return started;
        if (attempt === PORT_TRIES || !started.includes('in use')) throw new HelpfulError(started);
      }
    },
    ({ url }) => `on ${new URL(url).host}`,
  );
}

async function start(
  program: string,
  runFolder: PrerequisiteOptions['runFolder'],
  signal: AbortSignal | undefined,
): Promise<Prerequisite | string> {
  const [port] = await freePorts(1);
  const password = randomBytes(18).toString('base64url');
  const child = await startChild({
    name: 'Redis',
    command: program,
    args: ['-'],
    env: { PATH: process.env['PATH'] ?? '' },
    cwd: runFolder.path,
    logFile: path.join(runFolder.logs, 'redis.log'),
    // Over stdin: a command line can be read by every user of the machine.
    input: [
      'bind 127.0.0.1',
      `port ${port}`,
      `requirepass ${password}`,
      'save ""',
      'appendonly no',
      'maxmemory-policy noeviction',
      '',
    ].join('\n'),
  });
  const url = `redis://:${password}@127.0.0.1:${port}`;
  try {
    await until(async () => child.exit() !== undefined || answers(url), {
      timeoutMs: START_MS,
      what: 'Redis’s start',
      signal,
    });
  } catch (error) {
    await child.stop();
    throw error;
  }
  const exit = child.exit();
  if (exit !== undefined) return `Redis did not start (${describeExit(exit)}):\n${await child.lastLines()}`;
  return {
    url,
    startedByUs: true,
    pid: child.pid,
    stop: async () => {
      await child.stop();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
  });
  redis.on('error', () => undefined); // The rejected promise says it.
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}
