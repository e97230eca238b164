/** What tenants are told of the versions that they have installed. The rows are the tenant's; it may but mark them as read. */
import type { Notice, NoticeKind } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Prisma } from '../generated/client.js';
import { iso, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const include = { version: { include: { plugin: true } } } as const satisfies Prisma.NoticeInclude;

function toNotice(row: Prisma.NoticeGetPayload<{ include: typeof include }>): Notice {
  const { publisher, name } = row.version.plugin;
  return {
    id: row.id,
    kind: row.kind as NoticeKind,
    installId: row.installId,
    plugin: `${publisher}/${name}`,
    versionId: row.versionId,
    version: row.version.version,
    reason: row.reason,
    at: iso(row.createdAt),
    read: row.readAt !== null,
  };
}

export interface NoticeFilter {
  unread?: boolean | undefined;
  limit: number;
  after?: string | undefined;
}

/** Newest first. */
export async function listNotices(tx: Tx, { unread, limit, after }: NoticeFilter): Promise<Page<Notice>> {
  const rows = await tx.notice.findMany({
    where: {
      ...(unread === undefined ? {} : { readAt: unread ? null : { not: null } }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    include,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, ({ id }) => id, toNotice);
}

/** Marks a notice and all before it as read. */
export async function readNotices(tx: Tx, until: string): Promise<void> {
  await tx.notice.updateMany({ where: { id: { lte: until }, readAt: null }, data: { readAt: new Date() } });
}

/**
 * Tells tenants what they were not told yet of versions that they have installed, as the versions stand: what happened and
 * was taken back in between needs no telling.
 * @returns how many notices were written.
 */
export async function writeNotices(tx: Tx, limit: number): Promise<number> {
  const untold = await tx.$queryRaw<Omit<Prisma.NoticeCreateManyInput, 'id'>[]>`
    WITH happened AS (
      SELECT version_id, 'flagged' AS kind, advisory_id AS about, advisory_id || ': ' || summary AS reason
      FROM version_advisories
      UNION ALL
      SELECT version_id, 'flagged', 'rules: ' || rules, 'Newer rules find: ' || rules
      FROM rescans, LATERAL (
        SELECT string_agg(one->>'rule', ', ' ORDER BY one->>'rule') AS rules FROM jsonb_array_elements(flagged) AS one) AS found
      WHERE flagged <> '[]'
      UNION ALL
      SELECT id, state, coalesce(decision->>'at', ''), decision->>'reason' FROM versions WHERE state IN ('yanked', 'revoked')
      UNION ALL
      SELECT id, 'deprecated', deprecation->>'at',
             (deprecation->>'message') || coalesce(' In its place: ' || (deprecation->>'replacement'), '')
      FROM versions WHERE deprecation IS NOT NULL)
    SELECT i.id AS "installId", i.organization_id AS "organizationId", h.version_id AS "versionId", h.kind, h.about, h.reason
    FROM happened h JOIN installs i ON i.version_id = h.version_id AND i.removed_at IS NULL
    WHERE NOT EXISTS (
      SELECT 1 FROM notices n
      WHERE n.install_id = i.id AND n.version_id = h.version_id AND n.kind = h.kind AND n.about = h.about)
    LIMIT ${limit}`;
  const data = untold.map((one) => ({ id: uuidv7(), ...one }));
  return (await tx.notice.createMany({ data, skipDuplicates: true })).count;
}
