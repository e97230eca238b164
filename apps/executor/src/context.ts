/** What an executor works with. Made once by main.ts. */
import type { Actor, IsolationLevel } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';
import type { SandboxPool } from '@paddock/sandbox';
import type { Logger } from '@paddock/service';
import type { Lease } from './lease.js';
import type { PreparedVersions } from './preparedVersions.js';

export interface ExecutorContext {
  readonly executorId: string;
  readonly actor: Actor;
  readonly db: Database;
  readonly queues: Queues;
  readonly pool: SandboxPool;
  readonly versions: PreparedVersions;
  /** What the isolation probe found to hold. */
  readonly isolationLevel: IsolationLevel;
  /** How long a claim holds unless renewed, in milliseconds. */
  readonly leaseMs: number;
  /** The runs in hand, for those who want one stopped. */
  readonly runningRuns: Map<string, Lease>;
  readonly logger: Logger;
}
