/** What an executor works with. Made once by main.ts. */
import type { ArtifactStore } from '@paddock/artifacts';
import type { Actor, Runtime } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';
import type { HostIsolation, SandboxPool } from '@paddock/sandbox';
import type { Keyring } from '@paddock/secrets';
import type { Logger } from '@paddock/service';
import type { ResolveOptions } from './hostServices/http/resolve.js';
import type { GivenSecrets } from './hostServices/secrets.js';
import type { Lease } from './lease.js';
import type { PreparedVersions } from './preparedVersions.js';

export interface ExecutorContext {
  readonly executorId: string;
  readonly actor: Actor;
  readonly db: Database;
  readonly queues: Queues;
  readonly pool: SandboxPool;
  readonly versions: PreparedVersions;
  readonly artifacts: ArtifactStore;
  /** What the isolation probe found to hold, at the start and every hour since. */
  readonly isolation: HostIsolation;
  /** Those whose image is in the engine. */
  readonly runtimes: readonly Runtime[];
  /** How long a claim holds unless renewed, in milliseconds. */
  readonly leaseMs: number;
  /** The runs in hand, for those who want one stopped. */
  readonly runningRuns: Map<string, Lease>;
  /** How names become addresses for what plugins fetch. */
  readonly http: ResolveOptions;
  /** Under which secrets were sealed. */
  readonly secretKeys: Keyring;
  readonly givenSecrets: GivenSecrets;
  readonly logger: Logger;
}
