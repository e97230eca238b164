/** What the endpoints work with. Made once by main.ts. */
import type { ArtifactStore } from '@paddock/artifacts';
import type { SigstoreVerifier } from '@paddock/bundle';
import type { Database } from '@paddock/db';
import type { Queues } from '@paddock/queue';
import type { Keyring } from '@paddock/secrets';
import type { Logger } from '@paddock/service';
import type { SettledRuns } from './settledRuns.js';
import type { ToolSchemas } from './toolSchemas.js';

export interface ApiContext {
  readonly db: Database;
  readonly queues: Queues;
  readonly artifacts: ArtifactStore;
  readonly settledRuns: SettledRuns;
  readonly toolSchemas: ToolSchemas;
  /** Checks keyless signatures. */
  readonly sigstore: SigstoreVerifier;
  /** Under which secrets are sealed. */
  readonly secretKeys: Keyring;
  readonly logger: Logger;
  /** The most bytes that a bundle may have. */
  readonly maxBundleBytes: number;
  /** How long an upload may take, in milliseconds. */
  readonly uploadTimeoutMs: number;
  /** The longest that a caller may wait for a run's end, in seconds. */
  readonly waitMaxSeconds: number;
  /** The audit log's key in C2SP form, under which checkpoints are checked. */
  readonly auditVerifierKey: string;
}
