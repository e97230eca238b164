/** What every prerequisite is given, and what it hands back. */
import type { RuntimeImages } from '@paddock/sandbox';
import type { RunFolder } from '../folders.js';
import type { Progress } from '../progress.js';

export interface PrerequisiteOptions {
  progress: Progress;
  /** Where our own instance keeps its files and its log. */
  runFolder: RunFolder;
  signal?: AbortSignal | undefined;
  /** What runs already, over the environment's DATABASE_URL, REDIS_URL and DOCKER_HOST. */
  given?: { databaseUrl?: string; redisUrl?: string; dockerHost?: string; images?: RuntimeImages };
  /** Whether to start a Docker Engine of our own, whatever else there is: for who breaks it. */
  ownEngine?: boolean;
}

export interface Prerequisite {
  /** How to reach it; may hold a password, so it is never printed. */
  readonly url: string;
  readonly startedByUs: boolean;
  /** Of our own instance. */
  readonly pid?: number;
  /** Ends our own instance; one that was there before is left alone. */
  stop(): Promise<void>;
}
