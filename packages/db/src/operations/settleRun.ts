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
import { v7 as uuidv7 } from 'uuid';
import { auditInsert } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import type { ClaimedRun } from './claimRun.js';

export interface WrittenBlob {
  name: string;
  contentType: string;
  sha256: string;
  /** In bytes. */
  size: number;
}

export interface Settlement {
  outcome: Outcome;
  output: unknown;
  error: { code: ErrorCode; message: string } | null;
  /** Null when nothing was run, so nothing is billed. */
  usage: Usage | null;
  limits: Limits | null;
  isolationLevel: string | null;
  logs: readonly LogLine[];
  /** What the run has written; kept only if it succeeded. */
  blobs?: readonly WrittenBlob[];
  /** What was asked of the host and answered, and how often: `kv.get`, `http api.example.com`. */
  hostServices?: Readonly<Record<string, number>>;
  /** In what it left its version's profile. */
  leftProfile?: readonly string[];
}

/** @returns whether the claim still held, and so the settlement was written. */
export async function settleRun(
  query: Query,
  actor: Actor,
  claim: ClaimedRun,
  settlement: Settlement,
): Promise<boolean> {
  const {
    outcome,
    output,
    error,
    usage,
    limits,
    isolationLevel,
    logs,
    hostServices = {},
    leftProfile = [],
  } = settlement;
  const blobs = outcome === 'succeeded' ? (settlement.blobs ?? []).map((blob) => ({ ...blob, id: uuidv7() })) : [];
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
        ...(isolationLevel === null ? {} : { isolationLevel }),
        ...(error === null ? {} : { code: error.code }),
        ...(usage === null ? {} : { usage: { ...usage, wallMs: Math.round(usage.wallMs) } }),
        ...(Object.keys(hostServices).length === 0 ? {} : { hostServices }),
      },
    },
    Prisma.sql`SELECT 1 FROM settled`,
  );
  const left = auditInsert(
    {
      organizationId: claim.organizationId,
      actor,
      event: 'run.left_profile',
      subject: { type: 'run', id: claim.runId },
      data: { left: [...leftProfile] },
    },
    Prisma.sql`SELECT 1 FROM settled WHERE ${leftProfile.length > 0}`,
  );
  const rows = await query<{ id: string }>(Prisma.sql`
    WITH settled AS (
      UPDATE runs SET state = ${outcome}, output = ${json(output)}::jsonb, error_code = ${error?.code ?? null},
                      error_message = ${text(error?.message)}, limits = ${json(limits)}::jsonb,
                      isolation_level = ${isolationLevel}, left_profile = ${json(leftProfile)}::jsonb, settled_at = now(), lease_until = NULL
      WHERE id = ${claim.runId}::uuid AND lease_epoch = ${claim.leaseEpoch} AND state = ANY(${from})
      RETURNING id, attempt, organization_id, install_id
    ), used AS (
      INSERT INTO usage_records (run_id, attempt, organization_id, install_id, cpu_us, peak_memory_bytes, memory_byte_ms,
                                 io_read_bytes, io_write_bytes, wall_ms, output_bytes, host_calls, host_request_bytes, host_answer_bytes)
      SELECT id, attempt, organization_id, install_id, ${usage?.cpuUs ?? 0}, ${usage?.peakMemoryBytes ?? 0}, ${usage?.memoryByteMs ?? 0},
             ${usage?.ioReadBytes ?? 0}, ${usage?.ioWriteBytes ?? 0}, ${usage?.wallMs ?? 0}, ${usage?.outputBytes ?? 0},
             ${usage?.hostCalls ?? 0}, ${usage?.hostRequestBytes ?? 0}, ${usage?.hostAnswerBytes ?? 0}
      FROM settled WHERE ${usage !== null}
    ), logged AS (
      INSERT INTO run_logs (run_id, organization_id, lines)
      SELECT id, organization_id, ${json(logs)}::jsonb FROM settled WHERE ${logs.length > 0}
    ), given AS (
      INSERT INTO blobs (id, organization_id, sha256, size, content_type, run_id, name)
      SELECT b.id, s.organization_id, b.sha256, b.size, b."contentType", s.id, b.name
      FROM settled s, jsonb_to_recordset(${json(blobs)}::jsonb)
           AS b(id uuid, sha256 text, size int, "contentType" text, name text)
    ), audited AS (${audit}), reported AS (${left})
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
