/** What is known to be wrong with packages, and the versions that hold such packages. The rows are the platform's own. */
import { createHash } from 'node:crypto';
import {
  type Actor,
  type Advisory,
  type AdvisoryImport,
  type BundledPackage,
  type Severity,
  toStorableJson,
} from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import { iso } from '../rows.js';
import type { Tx } from '../transaction.js';
import { auditFlagged } from './rescans.js';

/** Adds and changes advisories, and forgets those that were withdrawn. The same ones again change nothing. */
export async function importAdvisories(
  tx: Tx,
  actor: Actor,
  organizationId: string,
  given: readonly Advisory[],
): Promise<AdvisoryImport> {
  // By id, each once, so that two imports at a time wait for each other instead of locking each other out.
  const byId = new Map(given.map((advisory) => [advisory.id, advisory]));
  const advisories = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const known = new Map(
    (await tx.advisory.findMany({ where: { id: { in: [...byId.keys()] } }, select: { id: true, digest: true } })).map(
      ({ id, digest }) => [id, digest],
    ),
  );
  const gone = advisories.filter(({ id, withdrawn }) => withdrawn && known.has(id)).map(({ id }) => id);
  const changed = advisories.filter((one) => !one.withdrawn && known.get(one.id) !== digestOf(one));
  await tx.advisory.deleteMany({ where: { id: { in: gone } } });
  const rows = changed.map((record) => ({ id: record.id, digest: digestOf(record), record }));
  await tx.$executeRaw`
    INSERT INTO advisories (id, digest, record, matched_at)
    SELECT id, digest, record, NULL FROM jsonb_to_recordset(${toStorableJson(rows)}::jsonb)
      AS given (id text, digest text, record jsonb)
    ON CONFLICT (id) DO UPDATE
    SET digest = EXCLUDED.digest, record = EXCLUDED.record, imported_at = now(), matched_at = NULL`;
  const ids = changed.map(({ id }) => id);
  await tx.advisoryPackage.deleteMany({ where: { advisoryId: { in: ids } } });
  await tx.advisoryPackage.createMany({
    data: changed.flatMap(({ id, affected }) =>
      affected.map(({ ecosystem, name }) => ({ advisoryId: id, ecosystem, name })),
    ),
    skipDuplicates: true,
  });
  const counts = {
    imported: changed.length,
    removed: gone.length,
    unchanged: given.length - changed.length - gone.length,
  };
  if (counts.imported + counts.removed > 0)
    await writeAudit(tx, {
      organizationId,
      actor,
      event: 'advisories.imported',
      subject: { type: 'organization', id: organizationId },
      data: counts,
    });
  return counts;
}

const digestOf = (advisory: Advisory): string => createHash('sha256').update(JSON.stringify(advisory)).digest('hex');

export interface KnownAdvisories {
  advisories: Advisory[];
  /** When the newest of all was imported; null when there is none. */
  asOf: string | null;
}

/** Those that name one of the packages, in whatever version. */
export async function findAdvisories(tx: Tx, packages: readonly BundledPackage[]): Promise<KnownAdvisories> {
  const [newest] = await tx.$queryRaw<{ at: Date | null }[]>`SELECT max(imported_at) AS at FROM advisories`;
  const rows = await tx.$queryRaw<{ record: Advisory }[]>`
    SELECT record FROM advisories WHERE id IN (
      SELECT p.advisory_id FROM advisory_packages p
      JOIN unnest(${packages.map((one) => one.ecosystem)}::text[], ${packages.map((one) => one.name)}::text[])
        AS wanted (ecosystem, name) USING (ecosystem, name))`;
  return { advisories: rows.map(({ record }) => record), asOf: newest?.at ? iso(newest.at) : null };
}

/** Keeps a version's packages, and has the advisories that name one of them looked through again: it may be flagged at once. */
export async function keepPackages(tx: Tx, versionId: string, packages: readonly BundledPackage[]): Promise<void> {
  if (packages.length === 0) return;
  await tx.versionPackage.createMany({ data: packages.map((one) => ({ versionId, ...one })), skipDuplicates: true });
  await tx.$executeRaw`
    WITH named AS (
      SELECT a.id FROM advisories a WHERE a.id IN (
        SELECT p.advisory_id FROM advisory_packages p JOIN version_packages v USING (ecosystem, name)
        WHERE v.version_id = ${versionId}::uuid)
      ORDER BY a.id FOR UPDATE)
    UPDATE advisories SET matched_at = NULL FROM named WHERE advisories.id = named.id`;
}

export interface AdvisoryToMatch {
  advisory: Advisory;
  digest: string;
  /** Of every version that may yet be run, those packages that the advisory names. */
  packages: (BundledPackage & { versionId: string })[];
}

/** Advisories that were not yet held against what is published; those that name no package of any version are done with. */
export async function listAdvisoriesToMatch(tx: Tx, limit: number): Promise<AdvisoryToMatch[]> {
  await tx.$executeRaw`
    UPDATE advisories SET matched_at = now() WHERE matched_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM advisory_packages p JOIN version_packages v USING (ecosystem, name)
      WHERE p.advisory_id = advisories.id)`;
  const rows = await tx.advisory.findMany({ where: { matchedAt: null }, orderBy: { id: 'asc' }, take: limit });
  return Promise.all(
    rows.map(async ({ id, digest, record }) => ({
      advisory: record as Advisory,
      digest,
      packages: await tx.$queryRaw<AdvisoryToMatch['packages']>`
        SELECT v.version_id AS "versionId", v.ecosystem, v.name, v.version, v.file
        FROM version_packages v JOIN advisory_packages p USING (ecosystem, name) JOIN versions s ON s.id = v.version_id
        WHERE p.advisory_id = ${id} AND s.state IN ('accepted', 'review', 'published', 'yanked')`,
    })),
  );
}

export interface FlaggedVersion {
  versionId: string;
  severity: Severity;
  packages: BundledPackage[];
}

/**
 * Flags just these versions for an advisory, and tells it to their publishers and to every tenant that has one installed.
 * @returns how many were not flagged before; 0 too when the advisory has changed meanwhile and comes again.
 */
export async function flagVersions(
  tx: Tx,
  actor: Actor,
  { advisory, digest }: Pick<AdvisoryToMatch, 'advisory' | 'digest'>,
  flagged: readonly FlaggedVersion[],
): Promise<number> {
  const { id, summary } = advisory;
  const { count } = await tx.advisory.updateMany({
    where: { id, digest, matchedAt: null },
    data: { matchedAt: new Date() },
  });
  if (count === 0) return 0;
  const before = await tx.versionAdvisory.findMany({ where: { advisoryId: id }, select: { versionId: true } });
  const known = new Set(before.map(({ versionId }) => versionId));
  await tx.versionAdvisory.deleteMany({ where: { advisoryId: id } });
  await tx.versionAdvisory.createMany({
    data: flagged.map(({ versionId, severity, packages }) => ({
      versionId,
      advisoryId: id,
      severity,
      summary,
      packages: packages.map(({ ecosystem, name, version }) => ({ ecosystem, name, version })),
    })),
  });
  const added = flagged.filter(({ versionId }) => !known.has(versionId));
  for (const { versionId, severity, packages } of added) {
    const data = {
      advisory: id,
      severity,
      packages: packages.slice(0, 20).map(({ name, version }) => `${name}@${version}`),
    };
    await auditFlagged(tx, actor, versionId, data);
  }
  return added.length;
}
