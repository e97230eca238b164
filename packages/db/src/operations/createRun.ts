/** A run's beginning: the version that is allowed, the idempotency key, the row `queued` and the audit event, at once. */
import { type Actor, type IsolationLevel, PaddockError, type VersionState } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { auditInsert } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';

export interface NewRunRow {
  installId: string;
  tool: string;
  input: unknown;
  /** Ids of blobs, by name. */
  blobs?: Readonly<Record<string, string>> | undefined;
  timeoutMs?: number | undefined;
  /** The caller's key under which a repeated request is one run; the hash tells whether it is the same request. */
  idempotency?: { key: string; requestHash: string } | undefined;
  /** Throws when the version has no such tool or the input doesn't fit it; called before anything is written. */
  check: (versionId: string, loadManifest: () => Promise<unknown>) => Promise<void>;
}

/** The versions that installs were last seen with: a guess that saves a question, and that the insert itself checks. */
export class InstallVersions {
  private static readonly KEPT = 10_000;
  private readonly versions = new Map<string, string>();

  get(installId: string): string | undefined {
    return this.versions.get(installId);
  }
  remember(installId: string, versionId: string): void {
    if (this.versions.size >= InstallVersions.KEPT) this.versions.delete(this.versions.keys().next().value as string);
    this.versions.set(installId, versionId);
  }
  forget(installId: string): void {
    this.versions.delete(installId);
  }
}

export interface CreatedRun {
  id: string;
  /** `false`: the idempotency key had made it before. */
  created: boolean;
  /** Which isolation level its executor must have. */
  minIsolation: IsolationLevel;
}

/** @throws PaddockError `not_found` (no such install), `version_not_published`, `idempotency_key_reused`, or what `check` throws */
export async function createRun(
  query: Query,
  organizationId: string,
  actor: Actor,
  run: NewRunRow,
  installVersions: InstallVersions,
): Promise<CreatedRun> {
  await requireBlobs(query, Object.values(run.blobs ?? {}));
  const insert = async (versionId: string) => {
    await run.check(versionId, () => loadManifest(query, versionId));
    return insertRun(query, organizationId, actor, run, versionId);
  };
  const guess = installVersions.get(run.installId);
  if (guess !== undefined) {
    const made = await insert(guess).catch((error: unknown) => {
      if (error instanceof PaddockError && error.code === 'idempotency_key_reused') throw error;
    });
    if (made !== undefined) return made;
    installVersions.forget(run.installId);
  }
  // Twice, since somebody else's insert under the same key may have been in the way without being visible yet.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const versionId = await allowedVersion(query, run.installId);
    const made = await insert(versionId);
    if (made === undefined) continue;
    installVersions.remember(run.installId, versionId);
    return made;
  }
  throw new PaddockError('unavailable');
}

/** The version that the install runs. @throws PaddockError `not_found`, `version_not_published` */
async function allowedVersion(query: Query, installId: string): Promise<string> {
  const [install] = await query<{ versionId: string; state: VersionState }>(Prisma.sql`
    SELECT i.version_id AS "versionId", v.state
    FROM installs i JOIN versions v ON v.id = i.version_id
    WHERE i.id = ${installId}::uuid AND i.removed_at IS NULL`);
  if (install === undefined) throw new PaddockError('not_found');
  if (!RUNNABLE.includes(install.state)) {
    throw new PaddockError('version_not_published', `The version is ${install.state}.`);
  }
  return install.versionId;
}

/** A yanked version takes no new installs, but those that are there go on. */
const RUNNABLE: VersionState[] = ['published', 'yanked'];

/** @throws PaddockError `not_found` when one of them is not the tenant's */
async function requireBlobs(query: Query, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const [found] = await query<{ count: number }>(
    Prisma.sql`SELECT count(*)::int AS count FROM blobs WHERE id = ANY(${ids}::uuid[])`,
  );
  if (found?.count !== new Set(ids).size) throw new PaddockError('not_found', 'There is no such blob.');
}

async function loadManifest(query: Query, versionId: string): Promise<unknown> {
  const [row] = await query<{ manifest: unknown }>(
    Prisma.sql`SELECT manifest FROM versions WHERE id = ${versionId}::uuid`,
  );
  return row?.manifest;
}

/** One statement; undefined when the install no longer runs this version, or when another insert under the key is under way. */
async function insertRun(
  query: Query,
  organizationId: string,
  actor: Actor,
  run: NewRunRow,
  versionId: string,
): Promise<CreatedRun | undefined> {
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
  const [row] = await query<CreatedRun & { requestHash: string | null }>(Prisma.sql`
    WITH allowed AS (
      SELECT i.id, i.version_id, i.min_isolation FROM installs i JOIN versions v ON v.id = i.version_id
      WHERE i.id = ${run.installId}::uuid AND i.removed_at IS NULL AND v.id = ${versionId}::uuid AND v.state = ANY(${RUNNABLE})
    ), created AS (
      INSERT INTO runs (id, organization_id, install_id, version_id, tool, input, input_blobs, timeout_ms, state, min_isolation, idempotency_key, request_hash)
      SELECT ${id}::uuid, ${organizationId}::uuid, id, version_id, ${run.tool}, ${JSON.stringify(run.input)}::jsonb,
             ${JSON.stringify(run.blobs ?? {})}::jsonb,              ${run.timeoutMs ?? null}::int, 'queued', min_isolation, ${key}, ${requestHash} FROM allowed
      ON CONFLICT (organization_id, idempotency_key) DO NOTHING
      RETURNING id, request_hash, min_isolation
    ), audited AS (${audit})
    SELECT id, request_hash AS "requestHash", min_isolation AS "minIsolation", true AS created FROM created
    UNION ALL
    SELECT r.id, r.request_hash, r.min_isolation, false FROM runs r, allowed
    WHERE r.organization_id = ${organizationId}::uuid AND r.idempotency_key = ${key}`);
  if (row === undefined) return undefined;
  if (row.requestHash !== requestHash) throw new PaddockError('idempotency_key_reused');
  return { id: row.id, created: row.created, minIsolation: row.minIsolation };
}
