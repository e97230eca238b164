/**
 * What a version could reach: the installs that stand at it or have run it, with what each granted, what its runs asked of
 * the host, and what was refused them. Taken from the audit trail, which holds it for runs of removed installs, too.
 */
import type { Capabilities, ExposedInstall } from '@paddock/contracts';
import { Prisma } from '../generated/client.js';
import { iso, isoOrNull, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const NEWEST_RUNS = 20;

export interface ExposurePage {
  limit: number;
  after?: string | undefined;
}

interface InstallRow {
  id: string;
  organizationId: string;
  slug: string;
  createdAt: Date;
  removedAt: Date | null;
  current: boolean;
  grants: Capabilities;
}

interface RunsRow {
  installId: string;
  total: number;
  underWay: number;
  firstAt: Date | null;
  lastAt: Date | null;
  newest: string[] | null;
  refused: number;
}

interface Counted {
  name: string;
  requests: number;
}

/** By the age of the installs. The door decides whose they are. */
export async function listExposure(
  tx: Tx,
  versionId: string,
  { limit, after }: ExposurePage,
): Promise<Page<ExposedInstall>> {
  const rows = await tx.$queryRaw<InstallRow[]>`
    SELECT i.id, i.organization_id AS "organizationId", o.slug, i.created_at AS "createdAt", i.removed_at AS "removedAt",
           i.version_id = ${versionId}::uuid AS current, i.grants
    FROM installs i JOIN organizations o ON o.id = i.organization_id
    WHERE i.id IN (SELECT id FROM installs WHERE version_id = ${versionId}::uuid
                   UNION SELECT install_id FROM runs WHERE version_id = ${versionId}::uuid)
      AND ${after === undefined ? Prisma.sql`true` : Prisma.sql`i.id > ${after}::uuid`}
    ORDER BY i.id LIMIT ${limit + 1}`;
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const runs = new Map((await runsOf(tx, versionId, ids)).map((row) => [row.installId, row]));
  const asked = await askedOf(tx, versionId, ids);
  const secrets = await secretsOf(tx, ids);
  return toPage(
    rows,
    limit,
    ({ id }) => id,
    (row) => toExposedInstall(row, runs.get(row.id), asked.get(row.id) ?? [], secrets.get(row.id) ?? new Map()),
  );
}

function toExposedInstall(
  { id, organizationId, slug, createdAt, removedAt, current, grants }: InstallRow,
  runs: RunsRow | undefined,
  asked: readonly Counted[],
  secretsSet: ReadonlyMap<string, Date>,
): ExposedInstall {
  const of = (prefix: string) =>
    asked
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, requests }) => ({ name: name.slice(prefix.length), requests }));
  const read = new Map(of('secret ').map(({ name, requests }) => [name, requests]));
  return {
    installId: id,
    organization: { id: organizationId, slug },
    createdAt: iso(createdAt),
    removedAt: isoOrNull(removedAt),
    current,
    grants,
    secrets: (grants.secrets ?? []).flatMap((name) => {
      const setAt = secretsSet.get(name);
      return setAt === undefined ? [] : [{ name, setAt: iso(setAt), read: read.get(name) ?? 0 }];
    }),
    runs: {
      total: runs?.total ?? 0,
      underWay: runs?.underWay ?? 0,
      firstAt: isoOrNull(runs?.firstAt ?? null),
      lastAt: isoOrNull(runs?.lastAt ?? null),
      newest: runs?.newest ?? [],
    },
    fetched: of('http ').map(({ name, requests }) => ({ host: name, requests })),
    // What was fetched and read stands above, by host and by name.
    answered: asked
      .filter(({ name }) => !name.includes(' '))
      .map(({ name, requests }) => ({ service: name, requests })),
    refused: runs?.refused ?? 0,
  };
}

/** The runs that were started, and what was refused them. */
function runsOf(tx: Tx, versionId: string, installIds: string[]): Promise<RunsRow[]> {
  return tx.$queryRaw<RunsRow[]>`
    SELECT r.install_id AS "installId", count(*)::int AS total, (count(*) FILTER (WHERE r.state = 'running'))::int AS "underWay",
           min(r.started_at) AS "firstAt", max(r.started_at) AS "lastAt",
           (SELECT array_agg(n.id) FROM (
              SELECT id::text FROM runs WHERE version_id = ${versionId}::uuid AND install_id = r.install_id AND started_at IS NOT NULL
              ORDER BY id DESC LIMIT ${NEWEST_RUNS}) n) AS newest,
           (SELECT count(*)::int FROM audit_events e JOIN runs a ON e.subject_id = a.id::text
            WHERE e.subject_type = 'run' AND e.event = 'host_service.refused'
              AND a.version_id = ${versionId}::uuid AND a.install_id = r.install_id) AS refused
    FROM runs r
    WHERE r.version_id = ${versionId}::uuid AND r.install_id = ANY(${installIds}::uuid[]) AND r.started_at IS NOT NULL
    GROUP BY r.install_id`;
}

/** What settled runs asked of the host and were answered: `kv.get`, `http api.example.com`, `secret TOKEN`. */
async function askedOf(tx: Tx, versionId: string, installIds: string[]): Promise<Map<string, Counted[]>> {
  const rows = await tx.$queryRaw<(Counted & { installId: string })[]>`
    SELECT r.install_id AS "installId", asked.key AS name, sum(asked.value::bigint)::float8 AS requests
    FROM runs r JOIN audit_events e ON e.subject_id = r.id::text AND e.subject_type = 'run' AND e.event = 'run.settled'
    CROSS JOIN LATERAL jsonb_each_text(coalesce(e.data->'hostServices', '{}')) asked
    WHERE r.version_id = ${versionId}::uuid AND r.install_id = ANY(${installIds}::uuid[])
    GROUP BY 1, 2 ORDER BY 1, 2`;
  const asked = new Map<string, Counted[]>();
  for (const { installId, ...counted } of rows) asked.set(installId, [...(asked.get(installId) ?? []), counted]);
  return asked;
}

/** When each secret of an install first got a value, by name. */
async function secretsOf(tx: Tx, installIds: string[]): Promise<Map<string, Map<string, Date>>> {
  const rows = await tx.$queryRaw<{ installId: string; name: string; setAt: Date }[]>`
    SELECT subject_id AS "installId", data->>'name' AS name, min(at) AS "setAt" FROM audit_events
    WHERE subject_type = 'install' AND subject_id = ANY(${installIds}::text[]) AND event = 'secret.set'
    GROUP BY 1, 2`;
  const secrets = new Map<string, Map<string, Date>>();
  for (const { installId, name, setAt } of rows)
    secrets.set(installId, (secrets.get(installId) ?? new Map<string, Date>()).set(name, setAt));
  return secrets;
}
