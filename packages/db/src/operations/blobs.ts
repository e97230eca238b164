/** Blobs: rows of tenants over bytes that the artifact store keeps by digest. */
import { type Actor, type Blob, HOST_LIMITS, PaddockError } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import { iso, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

export interface NewBlobRow {
  sha256: string;
  size: number;
  contentType: string;
}

function toBlob({ id, sha256, size, contentType, runId, name, createdAt }: Prisma.BlobGetPayload<object>): Blob {
  return { id, sha256, size, contentType, runId, name, createdAt: iso(createdAt) };
}

/** @throws PaddockError `blob_quota_exceeded` */
export async function createBlob(tx: Tx, organizationId: string, actor: Actor, blob: NewBlobRow): Promise<Blob> {
  // One upload of an organization at a time may look at the sum.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`blobs ${organizationId}`}, 0))`;
  const { _sum: sum } = await tx.blob.aggregate({ _sum: { size: true } });
  if ((sum.size ?? 0) + blob.size > HOST_LIMITS.blobBytesOfOrganization) throw new PaddockError('blob_quota_exceeded');
  const row = await tx.blob.create({ data: { id: uuidv7(), organizationId, ...blob } });
  const subject = { type: 'blob', id: row.id } as const;
  await writeAudit(tx, { organizationId, actor, event: 'blob.uploaded', subject, data: { ...blob } });
  return toBlob(row);
}

/** @throws PaddockError `not_found` */
export async function getBlob(tx: Tx, id: string): Promise<Blob> {
  const row = await tx.blob.findUnique({ where: { id } });
  if (row === null) throw new PaddockError('not_found');
  return toBlob(row);
}

/** Newest first. */
export async function listBlobs(
  tx: Tx,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Page<Blob>> {
  const rows = await tx.blob.findMany({
    where: after === undefined ? {} : { id: { lt: after } },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => row.id, toBlob);
}

/** Its bytes go when nothing else has them. @throws PaddockError `not_found` */
export async function removeBlob(tx: Tx, organizationId: string, actor: Actor, id: string): Promise<void> {
  const { count } = await tx.blob.deleteMany({ where: { id } });
  if (count === 0) throw new PaddockError('not_found');
  await writeAudit(tx, { organizationId, actor, event: 'blob.removed', subject: { type: 'blob', id } });
}

/** Where an organization's blob has its bytes; null when there is no such blob. */
export async function findBlobBytes(
  query: Query,
  organizationId: string,
  id: string,
): Promise<{ sha256: string; size: number } | null> {
  const [row] = await query<{ sha256: string; size: number }>(Prisma.sql`
    SELECT sha256, size FROM blobs WHERE id = ${id}::uuid AND organization_id = ${organizationId}::uuid`);
  return row ?? null;
}

/** What an organization keeps, in bytes. */
export async function sumBlobBytes(query: Query, organizationId: string): Promise<number> {
  const [row] = await query<{ bytes: number }>(Prisma.sql`
    SELECT coalesce(sum(size), 0)::float8 AS bytes FROM blobs WHERE organization_id = ${organizationId}::uuid`);
  return row?.bytes ?? 0;
}

/** Those of the digests that no version, no evidence and no blob refers to. */
export async function unreferencedDigests(query: Query, digests: readonly string[]): Promise<string[]> {
  const rows = await query<{ sha256: string }>(Prisma.sql`
    SELECT d.sha256 FROM unnest(${digests}::text[]) AS d(sha256)
    WHERE NOT EXISTS (SELECT 1 FROM versions v WHERE v.artifact_sha256 = d.sha256)
      AND NOT EXISTS (SELECT 1 FROM blobs b WHERE b.sha256 = d.sha256)
      AND NOT EXISTS (
        SELECT 1 FROM verifications e WHERE e.evidence @> jsonb_build_array(jsonb_build_object('sha256', d.sha256))
      )`);
  return rows.map(({ sha256 }) => sha256);
}
