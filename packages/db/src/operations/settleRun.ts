/** A run's end: result, usage, log and audit event in one statement, fenced by the lease's epoch. A stale epoch writes nothing. */
import {
  type Actor,
  type ErrorCode,
  type Limits,
  type LogLine,
  MAX_ATTEMPTS,
  type Outcome,
  runStatesBefore,
  toStorableJson,
  type Usage,
} from '@paddock/contracts';
import { auditInsert } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import type { ClaimedRun } from './claimRun.js';

export interface Settlement {
  outcome: Outcome;
  output: unknown;
  error: { code: ErrorCode; message: string } | null;
  /** Null when nothing was run, so nothing is billed. */
  usage: Usage | null;
  limits: Limits | null;
  isolationLevel: string | null;
  logs: readonly LogLine[];
}

/** @returns whether the claim still held, and so the settlement was written. */
export async function settleRun(
  query: Query,
  actor: Actor,
  claim: ClaimedRun,
  settlement: Settlement,
): Promise<boolean> {
  const { outcome, output, error, usage, limits, isolationLevel, logs } = settlement;
  const from = runStatesBefore(outcome).filter((state) => state === 'running');
  const audit = auditInsert(
    {
      organizationId: claim.organizationId,
      actor,
      event: 'run.settled',
      subject: { type: 'run', id: claim.runId },
      data: {
        outcome,
        attempt: claim.attempt,
        ...(error === null ? {} : { code: error.code }),
        ...(usage === null ? {} : { usage: { ...usage, wallMs: Math.round(usage.wallMs) } }),
      },
    },
    Prisma.sql`SELECT 1 FROM settled`,
  );
  const rows = await query<{ id: string }>(Prisma.sql`
    WITH settled AS (
      UPDATE runs SET state = ${outcome}, output = ${json(output)}::jsonb, error_code = ${error?.code ?? null},
                      error_message = ${text(error?.message)}, limits = ${json(limits)}::jsonb,
                      isolation_level = ${isolationLevel}, settled_at = now(), lease_until = NULL
      WHERE id = ${claim.runId}::uuid AND lease_epoch = ${claim.leaseEpoch} AND state = ANY(${from})
      RETURNING id, attempt, organization_id, install_id
    ), used AS (
      INSERT INTO usage_records (run_id, attempt, organization_id, install_id, cpu_us, peak_memory_bytes, wall_ms, output_bytes)
      SELECT id, attempt, organization_id, install_id, ${usage?.cpuUs ?? 0}, ${usage?.peakMemoryBytes ?? 0}, ${usage?.wallMs ?? 0},
             ${usage?.outputBytes ?? 0}
      FROM settled WHERE ${usage !== null}
    ), logged AS (
      INSERT INTO run_logs (run_id, organization_id, lines)
      SELECT id, organization_id, ${json(logs)}::jsonb FROM settled WHERE ${logs.length > 0}
    ), audited AS (${audit})
    SELECT id FROM settled`);
  return rows.length > 0;
}

/** A message may quote a plugin, whose text may hold what can't be stored. */
const text = (value: string | undefined): string | null =>
  value === undefined ? null : (JSON.parse(toStorableJson(value)) as string);
const json = (value: unknown): string | null => (value === null || value === undefined ? null : toStorableJson(value));

export interface Release {
  /** Whether the run waits for its next attempt; else it ended as refused. */
  requeued: boolean;
  attempt: number;
}

/**
 * Gives a run back that the platform itself could not carry out, for its next attempt, or ends it as refused when there
 * were enough. Null when the claim no longer held.
 */
export async function releaseRun(
  query: Query,
  actor: Actor,
  claim: ClaimedRun,
  error: { code: ErrorCode; message: string },
): Promise<Release | null> {
  const exhausted = claim.attempt >= MAX_ATTEMPTS;
  if (exhausted) {
    const settled = await settleRun(query, actor, claim, {
      outcome: 'refused',
      output: null,
      error,
      usage: null,
      limits: null,
      isolationLevel: null,
      logs: [],
    });
    return settled ? { requeued: false, attempt: claim.attempt } : null;
  }
  const audit = auditInsert(
    {
      organizationId: claim.organizationId,
      actor,
      event: 'run.requeued',
      subject: { type: 'run', id: claim.runId },
      data: { attempt: claim.attempt, code: error.code },
    },
    Prisma.sql`SELECT 1 FROM released`,
  );
  const [row] = await query<{ attempt: number }>(Prisma.sql`
    WITH released AS (
      UPDATE runs SET state = 'queued', attempt = attempt + 1, lease_until = NULL, queued_at = now()
      WHERE id = ${claim.runId}::uuid AND lease_epoch = ${claim.leaseEpoch} AND state = 'running'
      RETURNING attempt
    ), audited AS (${audit})
    SELECT attempt FROM released`);
  return row === undefined ? null : { requeued: true, attempt: row.attempt };
}
