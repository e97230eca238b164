/** The catalogue: what is published, for everybody. */
import { type CatalogueEntry, Manifest, PaddockError, splitPluginName } from '@paddock/contracts';
import semver from 'semver';
import { iso, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

export interface CatalogueFilter {
  /** Words to look for in name and description. */
  query?: string | undefined;
  limit: number;
  after?: string | undefined;
}

export interface PublishedVersion {
  id: string;
  version: string;
  publishedAt: string;
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
      if (!newest?.publishedAt) throw new PaddockError('internal');
      const manifest = Manifest.parse(newest.manifest);
      return {
        plugin: manifest.name,
        description: manifest.description,
        latest: { id: newest.id, version: newest.version, publishedAt: iso(newest.publishedAt) },
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
    versions: rows.map((row) => ({
      id: row.id,
      version: row.version,
      publishedAt: iso(row.publishedAt ?? row.createdAt),
    })),
  };
}
