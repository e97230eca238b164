/** The tenant's door: every operation in it runs in one transaction under row-level security for one organization. */
import type { Actor, Side } from '@paddock/contracts';
import type { Pool } from 'pg';
import type { PrismaClient } from './generated/client.js';
import { createApiKey, listApiKeys, type NewApiKeyRow, revokeApiKey } from './operations/apiKeys.js';
import { type AuditFilter, listAuditEvents } from './operations/auditTrail.js';
import { createBlob, getBlob, listBlobs, type NewBlobRow, removeBlob } from './operations/blobs.js';
import { type CatalogueFilter, getPlugin, listCatalogue } from './operations/catalogue.js';
import { changeInstall, type InstallChange } from './operations/changeInstall.js';
import { createRun, type InstallVersions, type NewRunRow } from './operations/createRun.js';
import { type DecisionRequest, decideVersion } from './operations/decideVersion.js';
import { deprecateVersion } from './operations/deprecateVersion.js';
import { type ExposurePage, listExposure } from './operations/exposure.js';
import { createInstall, getInstall, listInstalls, type NewInstallRow, removeInstall } from './operations/installs.js';
import { deleteKvEntry, getKvEntry, type KvWrite, listKvEntries, putKvEntry } from './operations/kv.js';
import { listMessages, postMessage } from './operations/messages.js';
import { listNotices, type NoticeFilter, readNotices } from './operations/notices.js';
import { changeOrganization } from './operations/organizations.js';
import { createReport, listReports, type ReportFilter } from './operations/reports.js';
import { cancelRun, getRun, listRuns, type RunFilter } from './operations/runs.js';
import { listSecrets, removeSecret, type SealedSecretRow, setSecret } from './operations/secrets.js';
import { type RevocationRow, signaturePolicy } from './operations/signaturePolicy.js';
import {
  createSigningKey,
  listSigningKeys,
  type NewSigningKeyRow,
  revokeSigningKey,
} from './operations/signingKeys.js';
import {
  createTrustedPublisher,
  listTrustedPublishers,
  revokeTrustedPublisher,
} from './operations/trustedPublishers.js';
import { summariseUsage, type UsagePeriod } from './operations/usage.js';
import {
  createVersion,
  getVersion,
  getVersionSignatures,
  listVersions,
  lostUploadRace,
  ownsVersion,
  requireSameBytes,
  type UploadedVersion,
  type VersionFilter,
  type VersionName,
} from './operations/versions.js';
import { queryAsTenant } from './query.js';
import { inTenant, type Tx } from './transaction.js';

export type TenantDoor = ReturnType<typeof tenantDoor>;

export function tenantDoor(prisma: PrismaClient, pool: Pool, organizationId: string, installVersions: InstallVersions) {
  const within = <T>(work: (tx: Tx) => Promise<T>) => inTenant(prisma, organizationId, work);
  const query = queryAsTenant(pool, organizationId);
  const id = organizationId;
  return {
    createApiKey: (actor: Actor, key: NewApiKeyRow) => within((tx) => createApiKey(tx, id, actor, key)),
    listApiKeys: () => within(listApiKeys),
    revokeApiKey: (actor: Actor, keyId: string) => within((tx) => revokeApiKey(tx, id, actor, keyId)),
    createSigningKey: (actor: Actor, key: NewSigningKeyRow) => within((tx) => createSigningKey(tx, id, actor, key)),
    listSigningKeys: () => within(listSigningKeys),
    signaturePolicy: () => within((tx) => signaturePolicy(tx, id)),
    revokeSigningKey: (actor: Actor, keyId: string, revocation: RevocationRow) =>
      within((tx) => revokeSigningKey(tx, id, actor, keyId, revocation)),
    createTrustedPublisher: (actor: Actor, publisher: Parameters<typeof createTrustedPublisher>[3]) =>
      within((tx) => createTrustedPublisher(tx, id, actor, publisher)),
    listTrustedPublishers: () => within(listTrustedPublishers),
    revokeTrustedPublisher: (actor: Actor, publisherId: string, revocation: RevocationRow) =>
      within((tx) => revokeTrustedPublisher(tx, id, actor, publisherId, revocation)),
    changeOrganization: (actor: Actor, change: { signatureThreshold: number }) =>
      within((tx) => changeOrganization(tx, id, actor, change)),
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
    getVersionSignatures: (versionId: string) => within((tx) => getVersionSignatures(tx, versionId)),
    ownsVersion: (versionId: string) => within((tx) => ownsVersion(tx, id, versionId)),
    // Whoever names a plugin sees what is published of it, too.
    listVersions: (filter: VersionFilter) =>
      within((tx) => listVersions(tx, filter.plugin === undefined ? { ...filter, organizationId } : filter)),
    decideVersion: (actor: Actor, versionId: string, decision: DecisionRequest) =>
      within((tx) => decideVersion(tx, actor, versionId, decision)),
    deprecateVersion: (actor: Actor, versionId: string, deprecation: Parameters<typeof deprecateVersion>[3]) =>
      within((tx) => deprecateVersion(tx, actor, versionId, deprecation)),
    postMessage: (actor: Actor, versionId: string, message: { side: Side; text: string }) =>
      within((tx) => postMessage(tx, actor, versionId, message)),
    listMessages: (versionId: string, page: { limit: number; after?: string | undefined }) =>
      within((tx) => listMessages(tx, versionId, page)),
    createReport: (actor: Actor, report: Parameters<typeof createReport>[3]) =>
      within((tx) => createReport(tx, id, actor, report)),
    listReports: (filter: ReportFilter) => within((tx) => listReports(tx, filter)),
    listExposure: (versionId: string, page: ExposurePage) => within((tx) => listExposure(tx, versionId, page)),
    listCatalogue: (filter: CatalogueFilter) => within((tx) => listCatalogue(tx, filter)),
    getPlugin: (fullName: string, version?: string) => within((tx) => getPlugin(tx, fullName, version)),
    createInstall: (actor: Actor, install: NewInstallRow) => within((tx) => createInstall(tx, id, actor, install)),
    getInstall: (installId: string) => within((tx) => getInstall(tx, installId)),
    listInstalls: (page: { limit: number; after?: string | undefined }) => within((tx) => listInstalls(tx, page)),
    changeInstall: (actor: Actor, installId: string, change: InstallChange) =>
      within((tx) => changeInstall(tx, id, actor, installId, change)),
    removeInstall: (actor: Actor, installId: string) => within((tx) => removeInstall(tx, id, actor, installId)),
    listNotices: (filter: NoticeFilter) => within((tx) => listNotices(tx, filter)),
    readNotices: (until: string) => within((tx) => readNotices(tx, until)),
    createBlob: (actor: Actor, blob: NewBlobRow) => within((tx) => createBlob(tx, id, actor, blob)),
    getBlob: (blobId: string) => within((tx) => getBlob(tx, blobId)),
    listBlobs: (page: { limit: number; after?: string | undefined }) => within((tx) => listBlobs(tx, page)),
    removeBlob: (actor: Actor, blobId: string) => within((tx) => removeBlob(tx, id, actor, blobId)),
    setSecret: (actor: Actor, secret: SealedSecretRow) => within((tx) => setSecret(tx, id, actor, secret)),
    removeSecret: (actor: Actor, installId: string, name: string) =>
      within((tx) => removeSecret(tx, id, actor, installId, name)),
    listSecrets: (installId: string) => within((tx) => listSecrets(tx, installId)),
    getKvEntry: (installId: string, key: string) => getKvEntry(query, installId, key),
    putKvEntry: (installId: string, write: KvWrite) => within((tx) => putKvEntry(tx, id, installId, write)),
    deleteKvEntry: (installId: string, entry: { key: string; ifVersion?: number | undefined }) =>
      deleteKvEntry(query, installId, entry),
    listKvEntries: (installId: string, page: { prefix: string; limit: number; cursor?: string | undefined }) =>
      listKvEntries(query, installId, page),
    createRun: (actor: Actor, run: NewRunRow) => createRun(query, id, actor, run, installVersions),
    getRun: (runId: string) => getRun(query, runId),
    listRuns: (filter: RunFilter) => listRuns(query, filter),
    cancelRun: (actor: Actor, runId: string) => within((tx) => cancelRun(tx, id, actor, runId)),
    summariseUsage: (period: UsagePeriod) => within((tx) => summariseUsage(tx, period)),
    listAuditEvents: (filter: AuditFilter) => within((tx) => listAuditEvents(tx, { ...filter, organizationId })),
  };
}
