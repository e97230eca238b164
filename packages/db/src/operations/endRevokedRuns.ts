/** The runs of a revoked version that wait: they end at once, as an executor would end each when it comes to it. */
import type { Actor } from '@paddock/contracts';
import { auditInsertEach } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';

/** @returns the ids of those that were ended, at most `limit`. What an executor is just claiming is left to it. */
export async function endRevokedRuns(query: Query, actor: Actor, versionId: string, limit: number): Promise<string[]> {
  const audit = auditInsertEach(
    { actor, event: 'run.settled', subjectType: 'run' },
    Prisma.sql`SELECT organization_id, id::text AS subject_id,
                      jsonb_build_object('outcome', 'revoked', 'attempt', attempt, 'code', error_code) AS data FROM ended`,
  );
  const rows = await query<{ id: string }>(Prisma.sql`
    WITH ended AS (
      UPDATE runs SET state = 'revoked', settled_at = now(), error_code = 'version_not_published',
                      error_message = 'The version was revoked.'
      WHERE id IN (
        SELECT r.id FROM runs r JOIN versions v ON v.id = r.version_id
        WHERE r.version_id = ${versionId}::uuid AND r.state = 'queued' AND v.state = 'revoked'
        LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED)
      RETURNING id, organization_id, attempt, error_code
    ), audited AS (${audit})
    SELECT id FROM ended`);
  return rows.map(({ id }) => id);
}
