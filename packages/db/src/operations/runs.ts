/** Runs as their tenant sees them: read, listed, cancelled. */
import {
  type Actor,
  type Blob,
  type ErrorCode,
  isSettled,
  type Limits,
  type LogLine,
  PaddockError,
  type Progress,
  type Run,
  type RunState,
} from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import { iso, isoOrNull, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

interface RunRow {
  id: string;
  installId: string;
  plugin: string;
  version: string;
  tool: string;
  state: RunState;
  input: unknown;
  output: unknown;
  errorCode: ErrorCode | null;
  errorMessage: string | null;
  attempt: number;
  limits: Limits | null;
  isolationLevel: string | null;
  leftProfile: string[];
  usage: Run['usage'];
  inputBlobs: Record<string, string>;
  outputBlobs: (Omit<Blob, 'runId' | 'createdAt'> & { createdAt: number })[];
  progress: Progress | null;
  lines: LogLine[] | null;
  createdAt: Date;
  startedAt: Date | null;
  settledAt: Date | null;
}

const SELECT_RUNS = Prisma.sql`
  SELECT r.id, r.install_id AS "installId", p.publisher || '/' || p.name AS plugin, v.version, r.tool, r.state, r.input, r.input_blobs AS "inputBlobs", r.output,
         r.error_code AS "errorCode", r.error_message AS "errorMessage", r.attempt, r.limits, r.isolation_level AS "isolationLevel",
         r.left_profile AS "leftProfile",
         CASE WHEN u.run_id IS NOT NULL THEN jsonb_build_object('cpuUs', u.cpu_us, 'peakMemoryBytes', u.peak_memory_bytes,
           'memoryByteMs', u.memory_byte_ms, 'ioReadBytes', u.io_read_bytes, 'ioWriteBytes', u.io_write_bytes,
           'wallMs', u.wall_ms, 'outputBytes', u.output_bytes, 'hostCalls', u.host_calls,
           'hostRequestBytes', u.host_request_bytes, 'hostAnswerBytes', u.host_answer_bytes) END AS usage,
         r.progress,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'sha256', b.sha256, 'size', b.size, 'contentType', b.content_type,
            'name', b.name, 'createdAt', extract(epoch FROM b.created_at) * 1000) ORDER BY b.name), '[]')
          FROM blobs b WHERE b.run_id = r.id) AS "outputBlobs",
         l.lines, r.created_at AS "createdAt", r.started_at AS "startedAt", r.settled_at AS "settledAt"
  FROM runs r JOIN versions v ON v.id = r.version_id JOIN plugins p ON p.id = v.plugin_id
  LEFT JOIN usage_records u ON u.run_id = r.id AND u.attempt = r.attempt
  LEFT JOIN run_logs l ON l.run_id = r.id`;

function toRun({ errorCode, errorMessage, lines, outputBlobs, createdAt, startedAt, settledAt, ...row }: RunRow): Run {
  return {
    ...row,
    outputBlobs: outputBlobs.map((blob) => ({
      ...blob,
      runId: row.id,
      createdAt: new Date(blob.createdAt).toISOString(),
    })),
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    logs: (lines ?? []).map(({ level, message, at }) => ({ level, message, at: new Date(at).toISOString() })),
    createdAt: iso(createdAt),
    startedAt: isoOrNull(startedAt),
    settledAt: isoOrNull(settledAt),
  };
}

/** @throws PaddockError `not_found` */
export async function getRun(query: Query, id: string): Promise<Run> {
  const [row] = await query<RunRow>(Prisma.sql`${SELECT_RUNS} WHERE r.id = ${id}::uuid`);
  if (row === undefined) throw new PaddockError('not_found');
  return toRun(row);
}

export interface RunFilter {
  installId?: string | undefined;
  state?: RunState | undefined;
  limit: number;
  after?: string | undefined;
}

/** Newest first. */
export async function listRuns(query: Query, { installId, state, limit, after }: RunFilter): Promise<Page<Run>> {
  const conditions = [
    ...(installId === undefined ? [] : [Prisma.sql`r.install_id = ${installId}::uuid`]),
    ...(state === undefined ? [] : [Prisma.sql`r.state = ${state}`]),
    ...(after === undefined ? [] : [Prisma.sql`r.id < ${after}::uuid`]),
  ];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`;
  const rows = await query<RunRow>(Prisma.sql`${SELECT_RUNS} ${where} ORDER BY r.id DESC LIMIT ${limit + 1}`);
  return toPage(rows, limit, (row) => row.id, toRun);
}

/**
 * Asks for a run's end. One that nobody has claimed ends at once; a running one is marked, and its executor told by the
 * caller. Asking again changes nothing.
 *
 * @returns the run's state afterwards: `cancelled`, or `running` while its executor ends it.
 * @throws PaddockError `not_found`, `run_already_settled`
 */
export async function cancelRun(tx: Tx, organizationId: string, actor: Actor, id: string): Promise<RunState> {
  const now = new Date();
  const queued = await tx.run.updateMany({
    where: { id, state: 'queued' },
    data: {
      state: 'cancelled',
      settledAt: now,
      cancelRequestedAt: now,
      errorCode: 'cancelled_by_caller',
      errorMessage: 'Cancelled before it was started.',
    },
  });
  const subject = { type: 'run', id } as const;
  if (queued.count > 0) {
    await writeAudit(tx, { organizationId, actor, event: 'run.cancel_requested', subject });
    await writeAudit(tx, {
      organizationId,
      actor,
      event: 'run.settled',
      subject,
      data: { outcome: 'cancelled', attempt: 0 },
    });
    return 'cancelled';
  }
  const running = await tx.run.updateMany({
    where: { id, state: 'running', cancelRequestedAt: null },
    data: { cancelRequestedAt: now },
  });
  if (running.count > 0) {
    await writeAudit(tx, { organizationId, actor, event: 'run.cancel_requested', subject });
    return 'running';
  }
  const run = await tx.run.findUnique({ where: { id }, select: { state: true } });
  if (run === null) throw new PaddockError('not_found');
  const state = run.state as RunState;
  if (isSettled(state) && state !== 'cancelled') throw new PaddockError('run_already_settled', `It is ${state}.`);
  return state;
}
