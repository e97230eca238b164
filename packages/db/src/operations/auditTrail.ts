/** The audit trail: read by people, sequenced into the tree by one controller at a time. */
import { type AuditLeaf, CompactRange, canonicalLeaf, leafHash } from '@paddock/audit';
import type { AuditEvent, AuditEventName } from '@paddock/contracts';
import { Prisma } from '../generated/client.js';
import { type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

interface EventRow {
  id: bigint;
  xid: bigint;
  at: Date;
  organizationId: string | null;
  actorType: string;
  actorId: string;
  event: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
  seq: bigint | null;
  leafHash: string | null;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const unhex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

function toEvent(row: EventRow): AuditEvent {
  return {
    id: String(row.id),
    seq: row.seq === null ? null : Number(row.seq),
    at: row.at.toISOString(),
    organizationId: row.organizationId,
    actor: { type: row.actorType as AuditEvent['actor']['type'], id: row.actorId },
    event: row.event as AuditEventName,
    subject: { type: row.subjectType as AuditEvent['subject']['type'], id: row.subjectId },
    data: row.data,
    leafHash: row.leafHash,
  };
}

/** The leaf of an event at its place, as the tree hashes it. */
export function auditLeafOf(event: AuditEvent, seq: number): AuditLeaf {
  return {
    seq,
    id: event.id,
    at: event.at,
    organization: event.organizationId,
    actor: event.actor,
    event: event.event,
    subject: event.subject,
    data: event.data,
  };
}

const COLUMNS = Prisma.sql`e.id, e.xid, e.at, e.organization_id AS "organizationId", e.actor_type AS "actorType", e.actor_id AS "actorId", e.event,
  e.subject_type AS "subjectType", e.subject_id AS "subjectId", e.data`;

export interface AuditFilter {
  organizationId?: string | undefined;
  event?: AuditEventName | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** By place in the tree and only what has one, oldest first, for a check of the whole; else newest first. */
  order: 'newest' | 'sequence';
  limit: number;
  after?: string | undefined;
}

export async function listAuditEvents(tx: Tx, filter: AuditFilter): Promise<Page<AuditEvent>> {
  const { organizationId, event, subjectId, actorId, from, to, order, limit, after } = filter;
  const sequence = order === 'sequence';
  const conditions = [
    ...(organizationId === undefined ? [] : [Prisma.sql`e.organization_id = ${organizationId}::uuid`]),
    ...(event === undefined ? [] : [Prisma.sql`e.event = ${event}`]),
    ...(subjectId === undefined ? [] : [Prisma.sql`e.subject_id = ${subjectId}`]),
    ...(actorId === undefined ? [] : [Prisma.sql`e.actor_id = ${actorId}`]),
    ...(from === undefined ? [] : [Prisma.sql`e.at >= ${from}`]),
    ...(to === undefined ? [] : [Prisma.sql`e.at < ${to}`]),
    ...(after === undefined
      ? []
      : [sequence ? Prisma.sql`l.seq > ${BigInt(after)}` : Prisma.sql`e.id < ${BigInt(after)}`]),
    ...(sequence ? [Prisma.sql`l.seq IS NOT NULL`] : []),
  ];
  const rows = await tx.$queryRaw<EventRow[]>`
    SELECT ${COLUMNS}, l.seq, l.leaf_hash AS "leafHash"
    FROM audit_events e LEFT JOIN audit_leaves l ON l.event_id = e.id
    ${conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`}
    ORDER BY ${sequence ? Prisma.sql`l.seq ASC` : Prisma.sql`e.id DESC`} LIMIT ${limit + 1}`;
  return toPage(rows, limit, (row) => String(sequence ? row.seq : row.id), toEvent);
}

/** Advisory lock of the one sequencer: "paddock audit" in the user's key space. */
const SEQUENCER_LOCK = 5_227_001_938n;

export interface TreeHead {
  size: number;
  rootHash: Uint8Array;
}

/**
 * Gives the next events their places and signs the new head, in one transaction. Only events below every transaction that
 * is still open are taken, since a serial's order is not the order of commits; so places are contiguous and final.
 *
 * @param sign makes the checkpoint's note of the new head.
 * @returns how many were sequenced; 0 also when another controller is at it.
 */
export async function sequenceAudit(tx: Tx, sign: (head: TreeHead) => string, batch = 10_000): Promise<number> {
  const [lock] = await tx.$queryRaw<{ held: boolean }[]>`SELECT pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) AS held`;
  if (lock?.held !== true) return 0;
  const last = await tx.auditCheckpoint.findFirst({ orderBy: { size: 'desc' } });
  const nextXid = last?.nextXid ?? 0n;
  const rows = await tx.$queryRaw<EventRow[]>`
    SELECT ${COLUMNS}, NULL::bigint AS seq, NULL AS "leafHash" FROM audit_events e
    WHERE e.xid >= ${nextXid} AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY e.xid, e.id LIMIT ${batch + 1}`;
  const taken = wholeTransactions(rows, batch);
  const newest = taken.at(-1);
  if (newest === undefined) return 0;

  const range =
    last === null
      ? CompactRange.empty()
      : CompactRange.from({ size: Number(last.size), hashes: (last.frontier as string[]).map(unhex) });
  const first = range.size;
  const hashes = taken.map((row, i) => {
    const hash = leafHash(canonicalLeaf(auditLeafOf(toEvent(row), first + i)));
    range.append(hash);
    return hex(hash);
  });
  await tx.$executeRaw`
    INSERT INTO audit_leaves (seq, event_id, leaf_hash)
    SELECT ${first}::bigint + ordinality - 1, event_id, leaf_hash
    FROM unnest(${taken.map((row) => row.id)}::bigint[], ${hashes}::text[]) WITH ORDINALITY AS taken (event_id, leaf_hash, ordinality)`;
  const rootHash = range.root();
  await tx.auditCheckpoint.create({
    data: {
      size: BigInt(range.size),
      rootHash: hex(rootHash),
      frontier: range.serialise().hashes.map(hex),
      nextXid: newest.xid + 1n,
      note: sign({ size: range.size, rootHash }),
    },
  });
  return taken.length;
}

/** Where the batch was cut, its last transaction may go on beyond the cut: that one waits, unless it is all there is. */
function wholeTransactions(rows: EventRow[], batch: number): EventRow[] {
  if (rows.length <= batch) return rows;
  const cut = rows.at(-1)?.xid;
  const whole = rows.filter((row) => row.xid !== cut);
  if (whole.length === 0) throw new Error(`one transaction wrote more than ${batch} audit events`);
  return whole;
}

export interface StoredCheckpoint {
  size: number;
  rootHash: string;
  note: string;
  at: string;
}

/** The newest signed head; null before the first. */
export async function latestCheckpoint(tx: Tx): Promise<StoredCheckpoint | null> {
  const row = await tx.auditCheckpoint.findFirst({ orderBy: { size: 'desc' } });
  return row === null
    ? null
    : { size: Number(row.size), rootHash: row.rootHash, note: row.note, at: row.createdAt.toISOString() };
}
