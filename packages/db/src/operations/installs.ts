/** Installs: a tenant's use of a version, with what it grants. */
import {
  type Actor,
  type Capabilities,
  type Deprecation,
  type Finding,
  type Install,
  type Isolation,
  type IsolationLevel,
  Manifest,
  PaddockError,
  type PartialLimits,
  strictestIsolation,
  type UpgradePolicy,
  undeclaredGrants,
  type VersionState,
} from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { iso, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';
import { getPlugin } from './catalogue.js';
import { toVersionAdvisory } from './versions.js';

const include = {
  version: { include: { advisories: { orderBy: { advisoryId: 'asc' } }, rescan: { select: { flagged: true } } } },
} as const satisfies Prisma.InstallInclude;

function toInstall(row: Prisma.InstallGetPayload<{ include: typeof include }>): Install {
  const manifest = Manifest.parse(row.version.manifest);
  return {
    id: row.id,
    plugin: manifest.name,
    versionId: row.versionId,
    version: row.version.version,
    versionState: row.version.state as VersionState,
    deprecation: row.version.deprecation as Deprecation | null,
    advisories: row.version.advisories.map(toVersionAdvisory),
    laterFindings: (row.version.rescan?.flagged as Finding[] | undefined) ?? [],
    grants: row.grants as Capabilities,
    declared: manifest.capabilities,
    limits: row.limits as PartialLimits,
    isolation: row.isolation as Isolation,
    minIsolation: row.minIsolation as IsolationLevel,
    upgradePolicy: row.upgradePolicy as UpgradePolicy,
    tools: manifest.tools,
    createdAt: iso(row.createdAt),
  };
}

export interface NewInstallRow {
  plugin: string;
  version?: string | undefined;
  grants: Capabilities;
  limits: PartialLimits;
  isolation: Isolation;
  minIsolation: IsolationLevel;
  upgradePolicy: UpgradePolicy;
}

/** @throws PaddockError `not_found` when no such version is published; `grant_not_declared` */
export async function createInstall(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  request: NewInstallRow,
): Promise<Install> {
  const { manifest, versionId } = await getPlugin(tx, request.plugin, request.version);
  const undeclared = undeclaredGrants(manifest.capabilities, request.grants);
  if (undeclared.length > 0) throw new PaddockError('grant_not_declared', undeclared.join(', '));
  // The install stands for one version at a time, so what its runs need is known before they are.
  const minIsolation = strictestIsolation(manifest.minIsolation, request.minIsolation);
  const row = await tx.install.create({
    data: {
      id: uuidv7(),
      organizationId,
      versionId,
      grants: request.grants,
      limits: request.limits,
      isolation: request.isolation,
      minIsolation,
      upgradePolicy: request.upgradePolicy,
    },
    include,
  });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'install.created',
    subject: { type: 'install', id: row.id },
    data: {
      plugin: manifest.name,
      version: manifest.version,
      versionId,
      grants: request.grants,
      isolation: request.isolation,
      minIsolation,
      upgradePolicy: request.upgradePolicy,
    },
  });
  return toInstall(row);
}

/** @throws PaddockError `not_found` */
export async function getInstall(tx: Tx, id: string): Promise<Install> {
  const row = await tx.install.findFirst({ where: { id, removedAt: null }, include });
  if (row === null) throw new PaddockError('not_found');
  return toInstall(row);
}

/** Newest first. */
export async function listInstalls(
  tx: Tx,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Page<Install>> {
  const rows = await tx.install.findMany({
    where: { removedAt: null, ...(after === undefined ? {} : { id: { lt: after } }) },
    include,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => row.id, toInstall);
}

/** Its key-value store and its secrets go with it. @throws PaddockError `not_found` */
export async function removeInstall(tx: Tx, organizationId: string, actor: Actor, id: string): Promise<void> {
  const { count } = await tx.install.updateMany({ where: { id, removedAt: null }, data: { removedAt: new Date() } });
  if (count === 0) throw new PaddockError('not_found');
  await tx.kvEntry.deleteMany({ where: { installId: id } });
  await tx.secret.deleteMany({ where: { installId: id } });
  await writeAudit(tx, { organizationId, actor, event: 'install.removed', subject: { type: 'install', id } });
}
