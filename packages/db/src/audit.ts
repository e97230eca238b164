/** The audit event's way into the transaction of what it records. */
import { type Actor, type AuditEventName, type AuditSubject, toStorableJson } from '@paddock/contracts';
import { Prisma } from './generated/client.js';
import type { Tx } from './transaction.js';

export interface AuditEntry {
  organizationId: string | null;
  actor: Actor;
  event: AuditEventName;
  subject: AuditSubject;
  data?: Prisma.InputJsonObject;
}

/** Writes one event within `tx`. */
export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`${auditInsert(entry, Prisma.sql`SELECT 1`)}`;
}

/**
 * The insert as a piece of SQL, for statements that do their whole work in one round trip: one event for each row of
 * `source`, so none where the guarded write before it changed nothing.
 */
export function auditInsert(entry: AuditEntry, source: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_events (organization_id, actor_type, actor_id, event, subject_type, subject_id, data)
    SELECT ${entry.organizationId}::uuid, ${entry.actor.type}, ${entry.actor.id}, ${entry.event},
           ${entry.subject.type}, ${entry.subject.id}, ${toStorableJson(entry.data ?? {})}::jsonb
    FROM (${source}) AS source`;
}

/** The same for many events of one kind: one for each row of `source`, whose columns are organization_id, subject_id and data. */
export function auditInsertEach(
  { actor, event, subjectType }: Pick<AuditEntry, 'actor' | 'event'> & { subjectType: AuditSubject['type'] },
  source: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_events (organization_id, actor_type, actor_id, event, subject_type, subject_id, data)
    SELECT organization_id, ${actor.type}, ${actor.id}, ${event}, ${subjectType}, subject_id, data
    FROM (${source}) AS source`;
}
