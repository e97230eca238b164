/** All prerequisites of a command: what is missing is installed in one go, then all are started side by side. */
import { chromiumWanted } from './chromium.js';
import { dockerWanted, startDocker } from './docker.js';
import { installPackages } from './packages.js';
import { startPostgres } from './postgres.js';
import type { Prerequisite, PrerequisiteOptions } from './prerequisite.js';
import { redisWanted, startRedis } from './redis.js';

export interface PrerequisitesOptions extends PrerequisiteOptions {
  /** Whether a browser is needed too. */
  browser?: boolean;
  /** Whether the database must survive a crash of the machine (the default). */
  durable?: boolean;
}

export interface Prerequisites {
  readonly postgres: Prerequisite;
  readonly redis: Prerequisite;
  readonly docker: Prerequisite;
  /** Ends what we started, whatever of it fails to end. */
  stop(): Promise<void>;
}

/** @throws HelpfulError that says what is missing; what was started before it is ended. */
export async function startPrerequisites(options: PrerequisitesOptions): Promise<Prerequisites> {
  const { progress, browser = false } = options;
  await installPackages(progress, async () => [
    ...redisWanted(options),
    ...(await dockerWanted(options)),
    ...(browser ? chromiumWanted() : []),
  ]);
  options.signal?.throwIfAborted();
  const results = await Promise.allSettled([startPostgres(options), startRedis(options), startDocker(options)]);
  const [postgres, redis, docker] = results;
  const stop = async () => {
    const stopping = results.map(async (result) => (result.status === 'fulfilled' ? result.value.stop() : undefined));
    const failed = (await Promise.allSettled(stopping)).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  if (postgres.status === 'rejected' || redis.status === 'rejected' || docker.status === 'rejected') {
    await stop();
    throw results.find((result) => result.status === 'rejected')?.reason;
  }
  return { postgres: postgres.value, redis: redis.value, docker: docker.value, stop };
}
