/** All prerequisites of a command: what is missing is installed in one go, then all are started side by side. */
import type { RuntimeImages } from '@paddock/sandbox';
import { chromiumWanted } from './chromium.js';
import { compilerWanted } from './compiler.js';
import { dockerWanted, startDocker } from './docker.js';
import { installGvisor } from './gvisor.js';
import { sandboxImages } from './images.js';
import { goWanted, pythonWanted } from './languages.js';
import { installPackages } from './packages.js';
import { startPostgres } from './postgres.js';
import type { Prerequisite, PrerequisiteOptions } from './prerequisite.js';
import { redisWanted, startRedis } from './redis.js';

export interface PrerequisitesOptions extends PrerequisiteOptions {
  /** Whether a browser is needed too. */
  browser?: boolean;
  /** Whether Go is needed too, to build plugins with. */
  go?: boolean;
  /** Whether to install gVisor where it is missing and can be installed. */
  gvisor?: boolean;
  /** Whether the database must survive a crash of the machine (the default). */
  durable?: boolean;
}

export interface Prerequisites {
  readonly postgres: Prerequisite;
  readonly redis: Prerequisite;
  readonly docker: Prerequisite;
  readonly images: RuntimeImages;
  /** Ends what we started, whatever of it fails to end. */
  stop(): Promise<void>;
}

/** @throws HelpfulError that says what is missing; what was started before it is ended. */
export async function startPrerequisites(options: PrerequisitesOptions): Promise<Prerequisites> {
  const { progress, browser = false, go = false, gvisor = false } = options;
  await installPackages(progress, async () => [
    ...redisWanted(options),
    ...(await dockerWanted(options)),
    ...compilerWanted(),
    ...(await pythonWanted()),
    ...(go ? goWanted() : []),
    ...(browser ? chromiumWanted() : []),
  ]);
  if (gvisor) await installGvisor(progress);
  options.signal?.throwIfAborted();
  const starting = [startPostgres(options), startRedis(options), startDocker(options)] as const;
  const imaging = options.given?.images ?? starting[2].then(({ url }) => sandboxImages(progress, url));
  const results = await Promise.allSettled([...starting, imaging]);
  const [postgres, redis, docker, images] = results;
  const stop = async () => {
    const stopping = [postgres, redis, docker].map(async (result) =>
      result.status === 'fulfilled' ? result.value.stop() : undefined,
    );
    const failed = (await Promise.allSettled(stopping)).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  if (
    postgres.status === 'rejected' ||
    redis.status === 'rejected' ||
    docker.status === 'rejected' ||
    images.status === 'rejected'
  ) {
    await stop();
    throw results.find((result) => result.status === 'rejected')?.reason;
  }
  return { postgres: postgres.value, redis: redis.value, docker: docker.value, images: images.value, stop };
}
