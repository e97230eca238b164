/** Runs as their tenant sees them: read, listed, cancelled. */
import { type Actor, type ErrorCode, isSettled, type Limits, type LogLine, Manifest, PaddockError, type Run, type RunState } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { iso, isoOrNull, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const include = {
  version: { select: { version: true, manifest: true } },
  logs: true,
  usage: { orderBy: { attempt: 'desc' }, take: 1 },
} as const satisfies Prisma.RunInclude;

function toRun(row: Prisma.RunGetPayload<{ include: typeof include }>): Run {
  const [usage] = row.usage;
  const lines = (row.logs?.lines ?? []) as unknown as LogLine[];
  return {
    id: row.id,
    installId: row.installId,
    plugin: Manifest.shape.name.parse((row.version.manifest as { name?: unknown } | null)?.name),
    version: row.version.version,
    tool: row.tool,
    state: row.state as RunState,
    input: row.input,
    output: row.output,
    error: row.errorCode === null ? null : { code: row.errorCode as ErrorCode, message: row.errorMessage ?? '' },
    attempt: row.attempt,
    limits: row.limits as Limits | null,
    isolationLevel: row.isolationLevel,
    usage:
      usage === undefined
        ? null
        : {
            cpuUs: Number(usage.cpuUs),
            peakMemoryBytes: Number(usage.peakMemoryBytes),
            wallMs: usage.wallMs,
            outputBytes: Number(usage.outputBytes),
          },
    logs: lines.map(({ level, message, at }) => ({ level, message, at: new Date(at).toISOString() })),
    createdAt: iso(row.createdAt),
    startedAt: isoOrNull(row.startedAt),
    settledAt: isoOrNull(row.settledAt),
  };
}

/** @throws PaddockError `not_found` */
export async function getRun(tx: Tx, id: string): Promise<Run> {
  const row = await tx.run.findUnique({ where: { id }, include });
  if (row === null) throw new PaddockError('not_found');
  return toRun(row);
}

export interface RunFilter {
  installId?: string | undefined;
  state?: RunState | undefined;
  limit: number;
  after?: string | undefined;
}

/** Newest first. */
export async function listRuns(tx: Tx, { installId, state, limit, after }: RunFilter): Promise<Page<Run>> {
  const rows = await tx.run.findMany({
    where: {
      ...(installId === undefined ? {} : { installId }),
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    include,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
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
    data: { state: 'cancelled', settledAt: now, cancelRequestedAt: now, errorCode: 'cancelled_by_caller', errorMessage: 'Cancelled before it was started.' },
  });
  const subject = { type: 'run', id } as const;
  if (queued.count > 0) {
    await writeAudit(tx, { organizationId, actor, event: 'run.cancel_requested', subject });
    await writeAudit(tx, { organizationId, actor, event: 'run.settled', subject, data: { outcome: 'cancelled', attempt: 0 } });
    return 'cancelled';
  }
  const running = await tx.run.updateMany({ where: { id, state: 'running', cancelRequestedAt: null }, data: { cancelRequestedAt: now } });
  if (running.count > 0) {
    await writeAudit(tx, { organizationId, actor, event: 'run.cancel_requested', subject });
    return 'running';
  }
  const { state } = await getRun(tx, id);
  if (isSettled(state) && state !== 'cancelled') throw new PaddockError('run_already_settled', `It is ${state}.`);
  return state;
}
