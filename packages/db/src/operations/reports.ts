/** What tenants tell the admins of versions. A version's publisher sees nothing of it. */
import { type AbuseReport, type Actor, PaddockError, REPORTS_AN_HOUR, type ReportCategory } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { requireBelowCap } from '../hourlyCap.js';
import { iso, isoOrNull, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const include = {
  organization: { select: { id: true, slug: true } },
  version: { include: { plugin: true } },
} as const satisfies Prisma.AbuseReportInclude;

function toReport(row: Prisma.AbuseReportGetPayload<{ include: typeof include }>): AbuseReport {
  const { publisher, name } = row.version.plugin;
  return {
    id: row.id,
    organization: row.organization,
    versionId: row.versionId,
    plugin: `${publisher}/${name}`,
    version: row.version.version,
    category: row.category as ReportCategory,
    text: row.text,
    createdAt: iso(row.createdAt),
    resolvedAt: isoOrNull(row.resolvedAt),
    resolution: row.resolution,
  };
}

/** @throws PaddockError `not_allowed` (one's own version), `rate_limited` */
export async function createReport(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  { versionId, category, text }: { versionId: string; category: ReportCategory; text: string },
): Promise<AbuseReport> {
  if ((await tx.version.count({ where: { id: versionId, organizationId } })) > 0)
    throw new PaddockError('not_allowed', 'The version is your own.');
  await requireBelowCap(tx, { what: 'reports', organizationId, most: REPORTS_AN_HOUR }, (since) =>
    tx.abuseReport.count({ where: { organizationId, createdAt: { gte: since } } }),
  );
  const data = { id: uuidv7(), versionId, organizationId, category, text };
  const report = toReport(await tx.abuseReport.create({ data, include }));
  // To the reporter alone: what is audited for the publisher's organization, the publisher reads.
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'report.created',
    subject: { type: 'report', id: report.id },
    data: { versionId, plugin: report.plugin, version: report.version, category },
  });
  return report;
}

export interface ReportFilter {
  /** Only those that are, or are not, resolved. */
  open?: boolean | undefined;
  limit: number;
  after?: string | undefined;
}

/** Oldest first: those that wait longest. */
export async function listReports(tx: Tx, { open, limit, after }: ReportFilter): Promise<Page<AbuseReport>> {
  const rows = await tx.abuseReport.findMany({
    where: {
      ...(open === undefined ? {} : { resolvedAt: open ? null : { not: null } }),
      ...(after === undefined ? {} : { id: { gt: after } }),
    },
    include,
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  return toPage(rows, limit, ({ id }) => id, toReport);
}

/** @throws PaddockError `not_found`, `conflict` (it is resolved) */
export async function resolveReport(tx: Tx, actor: Actor, id: string, resolution: string): Promise<AbuseReport> {
  const { count } = await tx.abuseReport.updateMany({
    where: { id, resolvedAt: null },
    data: { resolvedAt: new Date(), resolution },
  });
  const row = await tx.abuseReport.findUnique({ where: { id }, include });
  if (row === null) throw new PaddockError('not_found');
  if (count === 0) throw new PaddockError('conflict', 'It is resolved.');
  await writeAudit(tx, {
    organizationId: row.organizationId,
    actor,
    event: 'report.resolved',
    subject: { type: 'report', id },
    data: { versionId: row.versionId, resolution },
  });
  return toReport(row);
}
