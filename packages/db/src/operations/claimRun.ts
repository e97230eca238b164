/** The claim of a run: a compare-and-set that raises the lease's epoch. Whoever holds the newest epoch may settle. */
import {
  type Capabilities,
  type Isolation,
  type IsolationLevel,
  type PartialLimits,
  type Progress,
  toStorableJson,
  type VersionState,
} from '@paddock/contracts';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';

export interface RunClaim {
  runId: string;
  attempt: number;
  leaseEpoch: number;
}

export interface ClaimedRun extends RunClaim {
  organizationId: string;
  installId: string;
  versionId: string;
  versionState: VersionState;
  installRemoved: boolean;
  tool: string;
  input: unknown;
  /** Ids of blobs, by name. */
  inputBlobs: Readonly<Record<string, string>>;
  timeoutMs: number | null;
  grants: Capabilities;
  installLimits: PartialLimits;
  isolation: Isolation;
  minIsolation: IsolationLevel;
}

export interface ClaimRequest {
  runId: string;
  attempt: number;
  executorId: string;
  /** The strongest isolation that the executor has; a run that needs a stronger one is not claimed. */
  isolationLevel: IsolationLevel;
  leaseMs: number;
}

/** The run, now `running` under a new epoch; null when it isn't queued at that attempt, so that a job's repetition does nothing. */
export async function claimRun(
  query: Query,
  { runId, attempt, executorId, isolationLevel, leaseMs }: ClaimRequest,
): Promise<ClaimedRun | null> {
  const [row] = await query<ClaimedRun>(Prisma.sql`
    WITH claimed AS (
      UPDATE runs SET state = 'running', lease_epoch = lease_epoch + 1, executor_id = ${executorId}::uuid,
                      lease_until = now() + ${leaseMs} * interval '1 millisecond', started_at = coalesce(started_at, now())
      WHERE id = ${runId}::uuid AND attempt = ${attempt} AND state = 'queued' AND min_isolation <= ${isolationLevel}
      RETURNING *
    )
    SELECT c.id AS "runId", c.attempt, c.lease_epoch AS "leaseEpoch", c.organization_id AS "organizationId",
           c.install_id AS "installId", c.version_id AS "versionId", v.state AS "versionState",
           i.removed_at IS NOT NULL AS "installRemoved", c.tool, c.input, c.input_blobs AS "inputBlobs", c.timeout_ms AS "timeoutMs",
           i.grants, i.limits AS "installLimits", i.isolation, c.min_isolation AS "minIsolation"
    FROM claimed c JOIN installs i ON i.id = c.install_id JOIN versions v ON v.id = c.version_id`);
  return row ?? null;
}

export interface LeaseState {
  /** Whether the claim still holds; if not, whatever the attempt brings is void. */
  held: boolean;
  cancelRequested: boolean;
  versionState: VersionState;
}

/** Extends a lease, and tells what has been asked of the run meanwhile. */
export async function renewLease(query: Query, claim: RunClaim, leaseMs: number): Promise<LeaseState> {
  const [row] = await query<Omit<LeaseState, 'held'>>(Prisma.sql`
    UPDATE runs r SET lease_until = now() + ${leaseMs} * interval '1 millisecond'
    FROM versions v
    WHERE r.id = ${claim.runId}::uuid AND r.state = 'running' AND r.lease_epoch = ${claim.leaseEpoch} AND v.id = r.version_id
    RETURNING r.cancel_requested_at IS NOT NULL AS "cancelRequested", v.state AS "versionState"`);
  return row === undefined
    ? { held: false, cancelRequested: false, versionState: 'published' }
    : { held: true, ...row };
}

/** Notes how far a run says that it has come, as long as the claim holds. */
export async function recordProgress(query: Query, claim: RunClaim, progress: Progress): Promise<void> {
  await query(Prisma.sql`
    UPDATE runs SET progress = ${toStorableJson(progress)}::jsonb
    WHERE id = ${claim.runId}::uuid AND state = 'running' AND lease_epoch = ${claim.leaseEpoch}`);
}
