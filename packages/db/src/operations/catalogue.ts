/** The catalogue: what is published, for everybody. */
import {
  type CatalogueEntry,
  type Deprecation,
  Manifest,
  PaddockError,
  type PublishedVersion,
  splitPluginName,
} from '@paddock/contracts';
import semver from 'semver';
import type { Prisma } from '../generated/client.js';
import { iso, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const toPublished = (row: Prisma.VersionGetPayload<object>): PublishedVersion => ({
  id: row.id,
  version: row.version,
  publishedAt: iso(row.publishedAt ?? row.createdAt),
  deprecation: row.deprecation as Deprecation | null,
});

export interface CatalogueFilter {
  /** Words to look for in name and description. */
  query?: string | undefined;
  limit: number;
  after?: string | undefined;
}

/** Plugins that have a published version, by name; each shown by its newest one. */
export async function listCatalogue(tx: Tx, { query, limit, after }: CatalogueFilter): Promise<Page<CatalogueEntry>> {
  const rows = await tx.plugin.findMany({
    where: {
      versions: {
        some: {
          state: 'published',
          ...(query === undefined
            ? {}
            : {
                OR: [
                  { plugin: { name: { contains: query, mode: 'insensitive' } } },
                  { plugin: { publisher: { contains: query, mode: 'insensitive' } } },
                  { manifest: { path: ['description'], string_contains: query, mode: 'insensitive' } },
                ],
              }),
        },
      },
      ...(after === undefined ? {} : { id: { gt: after } }),
    },
    include: { versions: { where: { state: 'published' } } },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  return toPage(
    rows,
    limit,
    (row) => row.id,
    (row) => {
      const newest = [...row.versions].sort((a, b) => semver.compare(b.version, a.version))[0];
      if (newest === undefined) throw new PaddockError('internal');
      const manifest = Manifest.parse(newest.manifest);
      return {
        plugin: manifest.name,
        description: manifest.description,
        latest: toPublished(newest),
        runtime: manifest.runtime,
        tools: manifest.tools.map(({ name, description }) => ({ name, description })),
        capabilities: manifest.capabilities,
      };
    },
  );
}

/**
 * A plugin's published versions, newest first, and the manifest of the newest or of `version`.
 *
 * @throws PaddockError `not_found`
 */
export async function getPlugin(
  tx: Tx,
  fullName: string,
  version?: string,
): Promise<{ plugin: string; manifest: Manifest; versions: PublishedVersion[]; versionId: string }> {
  const { publisher, name } = splitPluginName(fullName);
  const rows = await tx.version.findMany({ where: { state: 'published', plugin: { publisher, name } } });
  rows.sort((a, b) => semver.compare(b.version, a.version));
  const stable = rows.find((row) => semver.prerelease(row.version) === null) ?? rows[0];
  const chosen = version === undefined ? stable : rows.find((row) => row.version === version);
  if (chosen === undefined)
    throw new PaddockError('not_found', `No published version of ${fullName}${version ? ` ${version}` : ''}.`);
  return {
    plugin: fullName,
    manifest: Manifest.parse(chosen.manifest),
    versionId: chosen.id,
    versions: rows.map(toPublished),
  };
}

export interface OtherPlugin {
  publisher: string;
  name: string;
  /** Organizations that have it installed. */
  tenants: number;
}

/** Every plugin of other publishers that has a published version. */
export function listOtherPlugins(tx: Tx, organizationId: string): Promise<OtherPlugin[]> {
  return tx.$queryRaw<OtherPlugin[]>`
    SELECT p.publisher, p.name,
           (SELECT count(DISTINCT i.organization_id)::int FROM installs i JOIN versions v ON v.id = i.version_id
            WHERE v.plugin_id = p.id AND i.removed_at IS NULL AND i.organization_id <> p.organization_id) AS tenants
    FROM plugins p
    WHERE p.organization_id <> ${organizationId}::uuid
      AND EXISTS (SELECT 1 FROM versions v WHERE v.plugin_id = p.id AND v.state = 'published')`;
}
