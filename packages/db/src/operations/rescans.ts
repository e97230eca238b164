/** Scans of what is published, by rules that are newer than those of its verification. They flag; they take nothing back. */
import { type Actor, type Finding, MAX_RESCAN_ATTEMPTS, toStorableJson, type Verdict } from '@paddock/contracts';
import { auditInsertEach, writeAudit } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Tx } from '../transaction.js';

/** Names a scanner. Its version begins with a whole number, by which it is older or newer than another. */
export interface ScannerName {
  name: string;
  version: string;
}

const numberOf = ({ version }: ScannerName): number => Number.parseInt(version, 10);

/** Whether the version `v` is published and was verified by an older version of the scanner. */
const isOutdated = (scanner: ScannerName) => Prisma.sql`
  v.state = 'published' AND (
    SELECT substring(one->>'version' FROM '^[0-9]+')::int FROM jsonb_array_elements(
      (SELECT scanners FROM verifications WHERE version_id = v.id ORDER BY created_at DESC LIMIT 1)) AS one
    WHERE one->>'name' = ${scanner.name}) < ${numberOf(scanner)}`;

/** Whether the rescan `r` is of an older version of the scanner, or may be tried once more. */
const isOpen = (scanner: ScannerName) => Prisma.sql`(
  r.scanner < ${numberOf(scanner)}
  OR (r.scanner = ${numberOf(scanner)} AND r.scanned_at IS NULL AND r.attempts < ${MAX_RESCAN_ATTEMPTS}))`;

/**
 * Ids of published versions that this scanner has not seen: the most installed first, and of those the newest. One that was
 * begun and came to no end is among them again once that was before `before`.
 */
export async function listVersionsToRescan(
  tx: Tx,
  scanner: ScannerName,
  { before, limit }: { before: Date; limit: number },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT v.id FROM versions v LEFT JOIN rescans r ON r.version_id = v.id
    WHERE ${isOutdated(scanner)} AND (r.version_id IS NULL OR (${isOpen(scanner)} AND r.started_at < ${before}))
    ORDER BY (SELECT count(*) FROM installs i WHERE i.version_id = v.id AND i.removed_at IS NULL) DESC, v.published_at DESC
    LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Counts the attempt before anything is touched. Null when there is nothing to scan: a job may come twice, or too late. */
export async function beginRescan(tx: Tx, versionId: string, scanner: ScannerName): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ attempts: number }[]>`
    INSERT INTO rescans AS r (version_id, scanner, attempts, started_at)
    SELECT v.id, ${numberOf(scanner)}, 1, now() FROM versions v WHERE v.id = ${versionId}::uuid AND ${isOutdated(scanner)}
    ON CONFLICT (version_id) DO UPDATE
    SET scanner = EXCLUDED.scanner, started_at = now(), scanned_at = NULL,
        attempts = CASE WHEN r.scanner = EXCLUDED.scanner THEN r.attempts + 1 ELSE 1 END
    WHERE ${isOpen(scanner)}
    RETURNING attempts`;
  return row?.attempts ?? null;
}

export interface RescanReport {
  verdict: Verdict;
  findings: readonly Finding[];
  /** Those that flag the version, one of each rule. */
  flagged: readonly Finding[];
}

/**
 * Keeps what a scan found, and tells publisher and tenants of rules that flag the version and did not before.
 * @returns whether it was the scan that was waited for.
 */
export async function recordRescan(
  tx: Tx,
  actor: Actor,
  versionId: string,
  scanner: ScannerName,
  { verdict, findings, flagged }: RescanReport,
): Promise<boolean> {
  const before = await tx.rescan.findUnique({ where: { versionId }, select: { flagged: true } });
  const known = new Set(((before?.flagged ?? []) as Finding[]).map(({ rule }) => rule));
  const { count } = await tx.rescan.updateMany({
    where: { versionId, scanner: numberOf(scanner), scannedAt: null },
    data: { verdict, findings: storable(findings), flagged: storable(flagged), scannedAt: new Date() },
  });
  if (count === 0) return false;
  const { organizationId } = await tx.version.findUniqueOrThrow({ where: { id: versionId } });
  const rules = flagged.map(({ rule }) => rule);
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'version.rescanned',
    subject: { type: 'version', id: versionId },
    data: { scanner: `${scanner.name} ${scanner.version}`, verdict, flagged: rules },
  });
  const added = rules.filter((rule) => !known.has(rule));
  if (added.length > 0) await auditFlagged(tx, actor, versionId, { verdict, rules: added });
  return true;
}

/** Findings quote strangers, whose text may hold what can't be stored. */
const storable = (findings: readonly Finding[]) => JSON.parse(toStorableJson(findings)) as Prisma.InputJsonArray;

/** An event for the version's publisher, and one for every tenant that has it installed. */
export async function auditFlagged(tx: Tx, actor: Actor, versionId: string, data: object): Promise<void> {
  await tx.$executeRaw`${auditInsertEach(
    { actor, event: 'version.flagged', subjectType: 'version' },
    Prisma.sql`
      SELECT organization_id, ${versionId} AS subject_id, ${toStorableJson(data)}::jsonb AS data FROM (
        SELECT organization_id FROM versions WHERE id = ${versionId}::uuid
        UNION SELECT organization_id FROM installs WHERE version_id = ${versionId}::uuid AND removed_at IS NULL) AS told`,
  )}`;
}
