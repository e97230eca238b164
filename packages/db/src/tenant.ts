/** The tenant's door: every operation in it runs in one transaction under row-level security for one organization. */
import type { Actor } from '@paddock/contracts';
import type { Pool } from 'pg';
import type { PrismaClient } from './generated/client.js';
import { createApiKey, listApiKeys, type NewApiKeyRow, revokeApiKey } from './operations/apiKeys.js';
import { type AuditFilter, listAuditEvents } from './operations/auditTrail.js';
import { type CatalogueFilter, getPlugin, listCatalogue } from './operations/catalogue.js';
import { createRun, type NewRunRow } from './operations/createRun.js';
import { createInstall, getInstall, listInstalls, type NewInstallRow, removeInstall } from './operations/installs.js';
import { cancelRun, getRun, listRuns, type RunFilter } from './operations/runs.js';
import {
  createSigningKey,
  listSigningKeys,
  type NewSigningKeyRow,
  revokeSigningKey,
  trustedKeys,
} from './operations/signingKeys.js';
import { summariseUsage, type UsagePeriod } from './operations/usage.js';
import {
  createVersion,
  decideVersion,
  getVersion,
  listVersions,
  lostUploadRace,
  ownsVersion,
  requireSameBytes,
  type UploadedVersion,
  type VersionDecision,
  type VersionFilter,
  type VersionName,
} from './operations/versions.js';
import { inTenantQuery, type Query } from './query.js';
import { inTenant, type Tx } from './transaction.js';

export type TenantDoor = ReturnType<typeof tenantDoor>;

export function tenantDoor(prisma: PrismaClient, pool: Pool, organizationId: string) {
  const within = <T>(work: (tx: Tx) => Promise<T>) => inTenant(prisma, organizationId, work);
  const directly = <T>(work: (query: Query) => Promise<T>) => inTenantQuery(pool, organizationId, work);
  const id = organizationId;
  return {
    createApiKey: (actor: Actor, key: NewApiKeyRow) => within((tx) => createApiKey(tx, id, actor, key)),
    listApiKeys: () => within(listApiKeys),
    revokeApiKey: (actor: Actor, keyId: string) => within((tx) => revokeApiKey(tx, id, actor, keyId)),
    createSigningKey: (actor: Actor, key: NewSigningKeyRow) => within((tx) => createSigningKey(tx, id, actor, key)),
    listSigningKeys: () => within(listSigningKeys),
    trustedKeys: () => within((tx) => trustedKeys(tx, id)),
    revokeSigningKey: (actor: Actor, keyId: string) => within((tx) => revokeSigningKey(tx, id, actor, keyId)),
    requireSameBytes: (name: VersionName, sha256: string) => within((tx) => requireSameBytes(tx, name, sha256)),
    createVersion: (actor: Actor, upload: UploadedVersion) => {
      const attempt = () => within((tx) => createVersion(tx, id, actor, upload));
      // Two uploads of one version at once: the one that lost finds the winner's row when it looks again.
      return attempt().catch((error: unknown) => {
        if (lostUploadRace(error)) return attempt();
        throw error;
      });
    },
    getVersion: (versionId: string) => within((tx) => getVersion(tx, versionId)),
    ownsVersion: (versionId: string) => within((tx) => ownsVersion(tx, id, versionId)),
    listVersions: (filter: VersionFilter) => within((tx) => listVersions(tx, { ...filter, organizationId })),
    decideVersion: (actor: Actor, versionId: string, decision: VersionDecision) =>
      within((tx) => decideVersion(tx, actor, versionId, decision)),
    listCatalogue: (filter: CatalogueFilter) => within((tx) => listCatalogue(tx, filter)),
    getPlugin: (fullName: string, version?: string) => within((tx) => getPlugin(tx, fullName, version)),
    createInstall: (actor: Actor, install: NewInstallRow) => within((tx) => createInstall(tx, id, actor, install)),
    getInstall: (installId: string) => within((tx) => getInstall(tx, installId)),
    listInstalls: (page: { limit: number; after?: string | undefined }) => within((tx) => listInstalls(tx, page)),
    removeInstall: (actor: Actor, installId: string) => within((tx) => removeInstall(tx, id, actor, installId)),
    createRun: (actor: Actor, run: NewRunRow) => directly((query) => createRun(query, id, actor, run)),
    getRun: (runId: string) => directly((query) => getRun(query, runId)),
    listRuns: (filter: RunFilter) => directly((query) => listRuns(query, filter)),
    cancelRun: (actor: Actor, runId: string) => within((tx) => cancelRun(tx, id, actor, runId)),
    summariseUsage: (period: UsagePeriod) => within((tx) => summariseUsage(tx, period)),
    listAuditEvents: (filter: AuditFilter) => within((tx) => listAuditEvents(tx, { ...filter, organizationId })),
  };
}
