/** The system's door: for the platform's own processes, and for what has no tenant yet. It sees every organization's rows. */
import type { Actor, ErrorCode } from '@paddock/contracts';
import type { Pool } from 'pg';
import { type AuditEntry, writeAudit } from './audit.js';
import type { PrismaClient } from './generated/client.js';
import { authenticate, issueApiKey, type NewApiKeyRow } from './operations/apiKeys.js';
import {
  type AuditFilter,
  latestCheckpoint,
  listAuditEvents,
  sequenceAudit,
  type TreeHead,
} from './operations/auditTrail.js';
import { type ClaimedRun, type ClaimRequest, claimRun, type RunClaim, renewLease } from './operations/claimRun.js';
import {
  type ExecutorRegistration,
  getExecutableVersion,
  listExecutors,
  registerExecutor,
  removeExecutor,
  touchExecutor,
} from './operations/executors.js';
import { createOrganization, type NewOrganizationRow } from './operations/organizations.js';
import { expireLeases, listQueuedRuns } from './operations/repairRuns.js';
import { releaseRun, type Settlement, settleRun } from './operations/settleRun.js';
import {
  getVersionToVerify,
  listStuckVersions,
  recordVerification,
  type VerificationReport,
  type VersionToVerify,
} from './operations/verification.js';
import {
  decideVersion,
  getVersion,
  listVersions,
  type VersionDecision,
  type VersionFilter,
} from './operations/versions.js';
import { queryOn } from './query.js';
import { inSystem, type Tx } from './transaction.js';

export type SystemDoor = ReturnType<typeof systemDoor>;

export function systemDoor(prisma: PrismaClient, pool: Pool) {
  const query = queryOn(pool);
  const within = <T>(work: (tx: Tx) => Promise<T>) => inSystem(prisma, work);
  return {
    authenticate: (secret: string) => authenticate(query, secret),
    createOrganization: (actor: Actor, organization: NewOrganizationRow) =>
      within((tx) => createOrganization(tx, actor, organization)),
    issueApiKey: (actor: Actor, slug: string, key: NewApiKeyRow) => within((tx) => issueApiKey(tx, actor, slug, key)),
    recordAudit: (entry: AuditEntry) => writeAudit(prisma, entry),

    getVersion: (id: string) => getVersion(prisma, id),
    listVersions: (filter: VersionFilter) => listVersions(prisma, filter),
    decideVersion: (actor: Actor, id: string, decision: VersionDecision) =>
      within((tx) => decideVersion(tx, actor, id, decision)),
    getVersionToVerify: (id: string) => within((tx) => getVersionToVerify(tx, id)),
    recordVerification: (actor: Actor, version: VersionToVerify, report: VerificationReport) =>
      within((tx) => recordVerification(tx, actor, version, report)),
    listStuckVersions: (before: Date, limit: number) => listStuckVersions(prisma, before, limit),

    claimRun: (request: ClaimRequest) => claimRun(query, request),
    renewLease: (claim: RunClaim, leaseMs: number) => renewLease(query, claim, leaseMs),
    settleRun: (actor: Actor, claim: ClaimedRun, settlement: Settlement) => settleRun(query, actor, claim, settlement),
    releaseRun: (actor: Actor, claim: ClaimedRun, error: { code: ErrorCode; message: string }) =>
      releaseRun(query, actor, claim, error),
    expireLeases: (actor: Actor, limit: number) => within((tx) => expireLeases(tx, actor, limit)),
    listQueuedRuns: (before: Date, limit: number) => listQueuedRuns(prisma, before, limit),

    registerExecutor: (actor: Actor, executor: ExecutorRegistration) =>
      within((tx) => registerExecutor(tx, actor, executor)),
    touchExecutor: (id: string) => touchExecutor(prisma, id),
    removeExecutor: (id: string) => removeExecutor(prisma, id),
    listExecutors: () => listExecutors(prisma),
    getExecutableVersion: (id: string) => within((tx) => getExecutableVersion(tx, id)),

    listAuditEvents: (filter: AuditFilter) => listAuditEvents(prisma, filter),
    sequenceAudit: (sign: (head: TreeHead) => string, batch?: number) => within((tx) => sequenceAudit(tx, sign, batch)),
    latestCheckpoint: () => latestCheckpoint(prisma),
  };
}
