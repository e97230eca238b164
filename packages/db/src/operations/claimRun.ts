/** The claim of a run: a compare-and-set that raises the lease's epoch. Whoever holds the newest epoch may settle. */
import type { Capabilities, Isolation, PartialLimits, VersionState } from '@paddock/contracts';
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
  timeoutMs: number | null;
  grants: Capabilities;
  installLimits: PartialLimits;
  isolation: Isolation;
}

export interface ClaimRequest {
  runId: string;
  attempt: number;
  executorId: string;
  leaseMs: number;
}

/** The run, now `running` under a new epoch; null when it isn't queued at that attempt, so that a job's repetition does nothing. */
export async function claimRun(
  query: Query,
  { runId, attempt, executorId, leaseMs }: ClaimRequest,
): Promise<ClaimedRun | null> {
  const [row] = await query<ClaimedRun>(Prisma.sql`
    WITH claimed AS (
      UPDATE runs SET state = 'running', lease_epoch = lease_epoch + 1, executor_id = ${executorId}::uuid,
                      lease_until = now() + ${leaseMs} * interval '1 millisecond', started_at = coalesce(started_at, now())
      WHERE id = ${runId}::uuid AND attempt = ${attempt} AND state = 'queued'
      RETURNING *
    )
    SELECT c.id AS "runId", c.attempt, c.lease_epoch AS "leaseEpoch", c.organization_id AS "organizationId",
           c.install_id AS "installId", c.version_id AS "versionId", v.state AS "versionState",
           i.removed_at IS NOT NULL AS "installRemoved", c.tool, c.input, c.timeout_ms AS "timeoutMs",
           i.grants, i.limits AS "installLimits", i.isolation
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
