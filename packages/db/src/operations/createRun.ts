/** A run's beginning: the version that is allowed, the idempotency key, the row `queued` and the audit event, at once. */
import { type Actor, PaddockError, type VersionState } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { auditInsert } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';

export interface NewRunRow {
  installId: string;
  tool: string;
  input: unknown;
  timeoutMs?: number | undefined;
  /** The caller's key under which a repeated request is one run; the hash tells whether it is the same request. */
  idempotency?: { key: string; requestHash: string } | undefined;
  /** Throws when the version has no such tool or the input doesn't fit it; called before anything is written. */
  check: (versionId: string, loadManifest: () => Promise<unknown>) => Promise<void>;
}

/**
 * @returns the run's id, and whether it was made now (`false`: the idempotency key had made it before).
 * @throws PaddockError `not_found` (no such install), `version_not_published`, `idempotency_key_reused`, or what `check` throws
 */
export async function createRun(
  query: Query,
  organizationId: string,
  actor: Actor,
  run: NewRunRow,
): Promise<{ id: string; created: boolean }> {
  const [install] = await query<{ versionId: string; state: VersionState }>(Prisma.sql`
    SELECT i.version_id AS "versionId", v.state
    FROM installs i JOIN versions v ON v.id = i.version_id
    WHERE i.id = ${run.installId}::uuid AND i.removed_at IS NULL`);
  if (install === undefined) throw new PaddockError('not_found');
  const { versionId } = install;
  // A yanked version takes no new installs, but those that are there go on.
  if (install.state !== 'published' && install.state !== 'yanked') {
    throw new PaddockError('version_not_published', `The version is ${install.state}.`);
  }
  await run.check(versionId, async () => {
    const [row] = await query<{ manifest: unknown }>(
      Prisma.sql`SELECT manifest FROM versions WHERE id = ${versionId}::uuid`,
    );
    return row?.manifest;
  });

  const id = uuidv7();
  const { key, requestHash } = run.idempotency ?? { key: null, requestHash: null };
  const audit = auditInsert(
    {
      organizationId,
      actor,
      event: 'run.created',
      subject: { type: 'run', id },
      data: { installId: run.installId, versionId, tool: run.tool },
    },
    Prisma.sql`SELECT 1 FROM created`,
  );
  const [created] = await query<{ id: string }>(Prisma.sql`
    WITH created AS (
      INSERT INTO runs (id, organization_id, install_id, version_id, tool, input, timeout_ms, state, idempotency_key, request_hash)
      VALUES (${id}::uuid, ${organizationId}::uuid, ${run.installId}::uuid, ${versionId}::uuid, ${run.tool},
              ${JSON.stringify(run.input)}::jsonb, ${run.timeoutMs ?? null}::int, 'queued', ${key}, ${requestHash})
      ON CONFLICT (organization_id, idempotency_key) DO NOTHING
      RETURNING id
    ), audited AS (${audit})
    SELECT id FROM created`);
  if (created !== undefined) return { id, created: true };

  const [before] = await query<{ id: string; requestHash: string }>(Prisma.sql`
    SELECT id, request_hash AS "requestHash" FROM runs WHERE organization_id = ${organizationId}::uuid AND idempotency_key = ${key}`);
  if (before?.requestHash !== requestHash) throw new PaddockError('idempotency_key_reused');
  return { id: before.id, created: false };
}
