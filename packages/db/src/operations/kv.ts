/** An install's key-value store. What has expired is not there, swept or not. */
import { HOST_LIMITS, type HostResult, PaddockError } from '@paddock/contracts';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import type { Tx } from '../transaction.js';

/** The wall clock, not the transaction's: a write may have waited for its turn. */
const LIVE = Prisma.sql`(expires_at IS NULL OR expires_at > clock_timestamp())`;

export interface KvWrite {
  key: string;
  /** JSON text. */
  value: string;
  ttlMs?: number | undefined;
  /** The version that the key must be at; null when there must be no such key; absent when any will do. */
  ifVersion?: number | null | undefined;
}

export async function getKvEntry(query: Query, installId: string, key: string): Promise<HostResult<'host/kv.get'>> {
  const [row] = await query<{ value: string; version: number }>(Prisma.sql`
    SELECT value, version::float8 AS version FROM kv_entries
    WHERE install_id = ${installId}::uuid AND key = ${key} AND ${LIVE}`);
  return row === undefined
    ? { found: false }
    : { found: true, value: JSON.parse(row.value) as unknown, version: row.version };
}

/**
 * One write of an install at a time, so that neither two equal conditions nor two writes at the quota's edge both hold.
 *
 * @throws PaddockError `kv_conflict`, `kv_quota_exceeded`, `not_found` (the install is removed)
 */
export async function putKvEntry(
  tx: Tx,
  organizationId: string,
  installId: string,
  { key, value, ttlMs, ifVersion }: KvWrite,
): Promise<HostResult<'host/kv.put'>> {
  await lockInstall(tx, installId);
  const [store] = await tx.$queryRaw<{ keys: number; bytes: number; version: number | null }[]>`
    SELECT (count(*) FILTER (WHERE key <> ${key}))::int AS keys,
           coalesce(sum(bytes) FILTER (WHERE key <> ${key}), 0)::float8 AS bytes,
           (max(version) FILTER (WHERE key = ${key}))::float8 AS version
    FROM kv_entries WHERE install_id = ${installId}::uuid AND ${LIVE}`;
  if (store === undefined) throw new PaddockError('internal');
  if (ifVersion !== undefined && ifVersion !== store.version) throw new PaddockError('kv_conflict');
  const bytes = Buffer.byteLength(key) + Buffer.byteLength(value);
  if (store.keys + 1 > HOST_LIMITS.kvKeys || store.bytes + bytes > HOST_LIMITS.kvBytes)
    throw new PaddockError('kv_quota_exceeded');
  const expiresAt =
    ttlMs === undefined ? Prisma.sql`NULL` : Prisma.sql`clock_timestamp() + ${ttlMs} * interval '1 millisecond'`;
  const [written] = await tx.$queryRaw<{ version: number }[]>`
    INSERT INTO kv_entries (install_id, key, organization_id, value, bytes, expires_at)
    VALUES (${installId}::uuid, ${key}, ${organizationId}::uuid, ${value}, ${bytes}, ${expiresAt})
    ON CONFLICT (install_id, key) DO UPDATE
    SET value = excluded.value, bytes = excluded.bytes, version = excluded.version, expires_at = excluded.expires_at
    RETURNING version::float8 AS version`;
  if (written === undefined) throw new PaddockError('internal');
  return { version: written.version };
}

/** @throws PaddockError `kv_conflict` when the key is not at `ifVersion`, or not there although one was given */
export async function deleteKvEntry(
  query: Query,
  installId: string,
  { key, ifVersion }: Pick<KvWrite, 'key'> & { ifVersion?: number | undefined },
): Promise<HostResult<'host/kv.delete'>> {
  const [row] = await query<{ version: number }>(Prisma.sql`
    DELETE FROM kv_entries
    WHERE install_id = ${installId}::uuid AND key = ${key} AND ${LIVE}
      AND (${ifVersion ?? null}::bigint IS NULL OR version = ${ifVersion ?? null}::bigint)
    RETURNING version::float8 AS version`);
  if (row === undefined && ifVersion !== undefined) throw new PaddockError('kv_conflict');
  return { deleted: row !== undefined };
}

/** In the order of code points, from after the cursor. */
export async function listKvEntries(
  query: Query,
  installId: string,
  { prefix, limit, cursor }: { prefix: string; limit: number; cursor?: string | undefined },
): Promise<HostResult<'host/kv.list'>> {
  const rows = await query<{ key: string; version: number }>(Prisma.sql`
    SELECT key, version::float8 AS version FROM kv_entries
    WHERE install_id = ${installId}::uuid AND starts_with(key, ${prefix}) AND key > ${cursor ?? ''} AND ${LIVE}
    ORDER BY key LIMIT ${limit + 1}`);
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  return rows.length > limit && last !== undefined ? { entries, cursor: last.key } : { entries };
}

/** Deletes what has expired, some at a time. @returns how many entries. */
export function sweepKvEntries(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM kv_entries WHERE (install_id, key) IN (
      SELECT install_id, key FROM kv_entries WHERE expires_at <= clock_timestamp() LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
}

/** Keeps others from writing to the install's store, and the install from being removed meanwhile. */
async function lockInstall(tx: Tx, installId: string): Promise<void> {
  const rows: unknown[] =
    await tx.$queryRaw`SELECT 1 FROM installs WHERE id = ${installId}::uuid AND removed_at IS NULL FOR NO KEY UPDATE`;
  if (rows.length === 0) throw new PaddockError('not_found', 'The install was removed.');
}
