/** The system's door: for the platform's own processes, and for what has no tenant yet. It sees every organization's rows. */
import type { Actor, Advisory, BundledPackage, ErrorCode, Progress, Side } from '@paddock/contracts';
import type { Pool } from 'pg';
import { type AuditEntry, writeAudit } from './audit.js';
import type { PrismaClient } from './generated/client.js';
import {
  type AdvisoryToMatch,
  type FlaggedVersion,
  findAdvisories,
  flagVersions,
  importAdvisories,
  listAdvisoriesToMatch,
} from './operations/advisories.js';
import { authenticate, issueApiKey, type NewApiKeyRow } from './operations/apiKeys.js';
import {
  type AuditFilter,
  latestCheckpoint,
  listAuditEvents,
  sequenceAudit,
  type TreeHead,
} from './operations/auditTrail.js';
import { findBlobBytes, sumBlobBytes, unreferencedDigests } from './operations/blobs.js';
import { listOtherPlugins } from './operations/catalogue.js';
import {
  type ClaimedRun,
  type ClaimRequest,
  claimRun,
  type RunClaim,
  recordProgress,
  renewLease,
} from './operations/claimRun.js';
import { type DecisionRequest, decideVersion } from './operations/decideVersion.js';
import { deprecateVersion } from './operations/deprecateVersion.js';
import { endRevokedRuns } from './operations/endRevokedRuns.js';
import {
  type ExecutorRegistration,
  getExecutableVersion,
  listExecutors,
  listRevokedVersions,
  registerExecutor,
  removeExecutor,
  touchExecutor,
} from './operations/executors.js';
import { type ExposurePage, listExposure } from './operations/exposure.js';
import { sweepKvEntries } from './operations/kv.js';
import { listMessages, postMessage } from './operations/messages.js';
import { writeNotices } from './operations/notices.js';
import { createOrganization, type NewOrganizationRow } from './operations/organizations.js';
import { expireLeases, listQueuedRuns, refuseUnservableRuns } from './operations/repairRuns.js';
import { listReports, type ReportFilter, resolveReport } from './operations/reports.js';
import { requestVerification } from './operations/requestVerification.js';
import {
  beginRescan,
  listVersionsToRescan,
  type RescanReport,
  recordRescan,
  type ScannerName,
} from './operations/rescans.js';
import { getSealedSecret } from './operations/secrets.js';
import { releaseRun, type Settlement, settleRun } from './operations/settleRun.js';
import { upgradeInstalls } from './operations/upgradeInstalls.js';
import {
  beginVerification,
  listStuckVersions,
  recordVerification,
  type VerificationReport,
  type VersionToVerify,
} from './operations/verification.js';
import {
  findPreviousVersion,
  getVersion,
  getVersionSignatures,
  listVersions,
  type VersionFilter,
} from './operations/versions.js';
import { queryAsSystem } from './query.js';
import { inSystem, type Tx } from './transaction.js';

export type SystemDoor = ReturnType<typeof systemDoor>;

export function systemDoor(prisma: PrismaClient, pool: Pool) {
  const query = queryAsSystem(pool);
  const within = <T>(work: (tx: Tx) => Promise<T>) => inSystem(prisma, work);
  return {
    authenticate: (secret: string) => authenticate(query, secret),
    createOrganization: (actor: Actor, organization: NewOrganizationRow) =>
      within((tx) => createOrganization(tx, actor, organization)),
    issueApiKey: (actor: Actor, slug: string, key: NewApiKeyRow) => within((tx) => issueApiKey(tx, actor, slug, key)),
    recordAudit: (entry: AuditEntry) => writeAudit(prisma, entry),

    getVersion: (id: string) => getVersion(prisma, id),
    getVersionSignatures: (id: string) => getVersionSignatures(prisma, id),
    listVersions: (filter: VersionFilter) => listVersions(prisma, filter),
    findPreviousVersion: (id: string) => findPreviousVersion(prisma, id),
    decideVersion: (actor: Actor, id: string, decision: DecisionRequest) =>
      within((tx) => decideVersion(tx, actor, id, decision)),
    deprecateVersion: (actor: Actor, id: string, deprecation: Parameters<typeof deprecateVersion>[3]) =>
      within((tx) => deprecateVersion(tx, actor, id, deprecation)),
    postMessage: (actor: Actor, versionId: string, message: { side: Side; text: string }) =>
      within((tx) => postMessage(tx, actor, versionId, message)),
    listMessages: (versionId: string, page: { limit: number; after?: string | undefined }) =>
      listMessages(prisma, versionId, page),
    listReports: (filter: ReportFilter) => listReports(prisma, filter),
    resolveReport: (actor: Actor, id: string, resolution: string) =>
      within((tx) => resolveReport(tx, actor, id, resolution)),
    listExposure: (versionId: string, page: ExposurePage) => within((tx) => listExposure(tx, versionId, page)),
    endRevokedRuns: (actor: Actor, versionId: string, limit: number) => endRevokedRuns(query, actor, versionId, limit),
    requestVerification: (actor: Actor, id: string) => within((tx) => requestVerification(tx, actor, id)),
    beginVerification: (id: string) => within((tx) => beginVerification(tx, id)),
    recordVerification: (actor: Actor, version: VersionToVerify, report: VerificationReport) =>
      within((tx) => recordVerification(tx, actor, version, report)),
    listStuckVersions: (before: Date, limit: number) => listStuckVersions(prisma, before, limit),

    importAdvisories: (actor: Actor, organizationId: string, advisories: readonly Advisory[]) =>
      within((tx) => importAdvisories(tx, actor, organizationId, advisories)),
    findAdvisories: (packages: readonly BundledPackage[]) => findAdvisories(prisma, packages),
    listAdvisoriesToMatch: (limit: number) => listAdvisoriesToMatch(prisma, limit),
    flagVersions: (actor: Actor, matched: AdvisoryToMatch, flagged: readonly FlaggedVersion[]) =>
      within((tx) => flagVersions(tx, actor, matched, flagged)),
    listVersionsToRescan: (scanner: ScannerName, which: { before: Date; limit: number }) =>
      listVersionsToRescan(prisma, scanner, which),
    beginRescan: (id: string, scanner: ScannerName) => within((tx) => beginRescan(tx, id, scanner)),
    recordRescan: (actor: Actor, id: string, scanner: ScannerName, report: RescanReport) =>
      within((tx) => recordRescan(tx, actor, id, scanner, report)),
    listOtherPlugins: (organizationId: string) => listOtherPlugins(prisma, organizationId),

    writeNotices: (limit: number) => within((tx) => writeNotices(tx, limit)),
    upgradeInstalls: (actor: Actor, limit: number) => within((tx) => upgradeInstalls(tx, actor, limit)),

    claimRun: (request: ClaimRequest) => claimRun(query, request),
    renewLease: (claim: RunClaim, leaseMs: number) => renewLease(query, claim, leaseMs),
    settleRun: (actor: Actor, claim: ClaimedRun, settlement: Settlement) => settleRun(query, actor, claim, settlement),
    releaseRun: (actor: Actor, claim: ClaimedRun, error: { code: ErrorCode; message: string }) =>
      releaseRun(query, actor, claim, error),
    recordProgress: (claim: RunClaim, progress: Progress) => recordProgress(query, claim, progress),
    expireLeases: (actor: Actor, limit: number) => within((tx) => expireLeases(tx, actor, limit)),
    listQueuedRuns: (before: Date, limit: number) => listQueuedRuns(prisma, before, limit),
    refuseUnservableRuns: (actor: Actor, before: Date, seenSince: Date) =>
      within((tx) => refuseUnservableRuns(tx, actor, before, seenSince)),

    getSealedSecret: (place: { organizationId: string; installId: string; name: string }) =>
      getSealedSecret(query, place),
    findBlobBytes: (organizationId: string, id: string) => findBlobBytes(query, organizationId, id),
    sumBlobBytes: (organizationId: string) => sumBlobBytes(query, organizationId),
    unreferencedDigests: (digests: readonly string[]) => unreferencedDigests(query, digests),
    sweepKvEntries: (limit: number) => sweepKvEntries(prisma, limit),

    registerExecutor: (actor: Actor, executor: ExecutorRegistration) =>
      within((tx) => registerExecutor(tx, actor, executor)),
    changeExecutorIsolation: (actor: Actor, executor: ExecutorRegistration) =>
      within((tx) => registerExecutor(tx, actor, executor, 'executor.isolation_changed')),
    touchExecutor: (id: string) => touchExecutor(prisma, id),
    removeExecutor: (id: string) => removeExecutor(prisma, id),
    listExecutors: () => listExecutors(prisma),
    listRevokedVersions: (ids: readonly string[]) => listRevokedVersions(prisma, ids),
    getExecutableVersion: (id: string) => within((tx) => getExecutableVersion(tx, id)),

    listAuditEvents: (filter: AuditFilter) => listAuditEvents(prisma, filter),
    sequenceAudit: (sign: (head: TreeHead) => string, batch?: number) => within((tx) => sequenceAudit(tx, sign, batch)),
    latestCheckpoint: () => latestCheckpoint(prisma),
  };
}
