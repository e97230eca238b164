/** What the verifier reads of a version, and what it writes back. */
import {
  type Actor,
  type BundledPackage,
  type Evidence,
  type Finding,
  type Manifest,
  type ObservedProfile,
  type ScannerVersion,
  toStorableJson,
  type Verdict,
} from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import type { Tx } from '../transaction.js';
import { keepPackages } from './advisories.js';
import { type SignaturePolicy, trustedSigners } from './signaturePolicy.js';

export interface VersionToVerify {
  id: string;
  organizationId: string;
  publisher: string;
  name: string;
  version: string;
  artifactSha256: string;
  size: number;
  envelope: Uint8Array;
  /** Byte for byte; null when none is attached. */
  provenance: Uint8Array | null;
  /** When the registry first saw the bytes: the time at which a signing key must have been valid. */
  uploadedAt: Date;
  /** Whether it is out, and is verified anew. */
  isOut: boolean;
  /** The versions of the same plugin that were published before it. */
  released: string[];
  /** Counted from 1, this one included. */
  attempt: number;
  /** Whose signatures it needs, as it was then. */
  policy: SignaturePolicy;
}

/** Versions that wait for a verification: their first one, or another one for what is out. */
const WAITING = {
  OR: [{ state: 'verifying' }, { state: { in: ['published', 'yanked'] }, verificationRequestedAt: { not: null } }],
} satisfies Prisma.VersionWhereInput;

/**
 * The version if it still waits for its verification, else null. That it is begun is counted before anything of it is touched,
 * so that it is known of one that takes its verifier down each time.
 */
export async function beginVerification(tx: Tx, id: string): Promise<VersionToVerify | null> {
  await tx.version.updateMany({
    where: { id, ...WAITING },
    data: { verificationAttempts: { increment: 1 }, verificationStartedAt: new Date() },
  });
  const row = await tx.version.findFirst({ where: { id, ...WAITING }, include: { plugin: true } });
  if (row === null) return null;
  const { organizationId, version, artifactSha256, size, envelope, requiredSignatures, createdAt: uploadedAt } = row;
  const { verificationAttempts: attempt, provenanceEnvelope: provenance } = row;
  const { publisher, name } = row.plugin;
  const policy = { ...(await trustedSigners(tx, organizationId)), threshold: requiredSignatures };
  const before = row.publishedAt === null ? {} : { lt: row.publishedAt };
  const others = { pluginId: row.pluginId, id: { not: id }, publishedAt: { not: null, ...before } };
  const released = (await tx.version.findMany({ where: others, select: { version: true } })).map(
    (other) => other.version,
  );
  return {
    id,
    organizationId,
    publisher,
    name,
    version,
    artifactSha256,
    size,
    envelope,
    provenance,
    uploadedAt,
    attempt,
    isOut: row.state !== 'verifying',
    released,
    policy,
  };
}

export interface VerificationReport {
  verdict: Verdict;
  findings: Finding[];
  /** What the verdict rests on. */
  scanners: ScannerVersion[];
  /** The documents that were left, whose bytes are stored as artifacts already. */
  evidence: Evidence[];
  profile: ObservedProfile | null;
  /** Its bill of materials. */
  packages: BundledPackage[];
  manifest: Manifest | null;
  /** The registry's envelope; null for a rejected version, and for one that is out and keeps the one that it has. */
  countersignature: Uint8Array<ArrayBuffer> | null;
}

/** Settles a verification: state, report and audit in one transaction. False when the version no longer waits for one. */
export async function recordVerification(
  tx: Tx,
  actor: Actor,
  version: VersionToVerify,
  report: VerificationReport,
): Promise<boolean> {
  const { verdict, findings, scanners, evidence, packages, profile, manifest, countersignature } = report;
  const { count } = await tx.version.updateMany({
    where: { id: version.id, ...WAITING, state: version.isOut ? { in: ['published', 'yanked'] } : 'verifying' },
    data: {
      ...(version.isOut ? { verificationRequestedAt: null } : { state: verdict }),
      ...(manifest === null ? {} : { manifest: manifest as Prisma.InputJsonObject }),
      // A countersignature and the time at which its key must have been valid go together.
      ...(version.isOut && countersignature === null ? {} : { verifiedAt: new Date(), countersignature }),
    },
  });
  if (count === 0) return false;
  // Findings quote strangers, whose text may hold what can't be stored.
  const storable = JSON.parse(toStorableJson(findings)) as Prisma.InputJsonArray;
  const observed = profile === null ? {} : { profile: JSON.parse(toStorableJson(profile)) as Prisma.InputJsonObject };
  const { id: versionId, organizationId } = version;
  await tx.verification.create({
    data: { id: uuidv7(), versionId, organizationId, verdict, findings: storable, scanners, evidence, ...observed },
  });
  if (verdict !== 'rejected') await keepPackages(tx, versionId, packages);
  await writeAudit(tx, {
    organizationId: version.organizationId,
    actor,
    event: 'version.verified',
    subject: { type: 'version', id: version.id },
    data: {
      plugin: `${version.publisher}/${version.name}`,
      version: version.version,
      sha256: version.artifactSha256,
      verdict,
      rules: [...new Set(findings.map((finding) => finding.rule))].sort(),
    },
  });
  return true;
}

/** Ids of versions whose verification was neither asked for nor begun since `before`: their job may be lost. */
export async function listStuckVersions(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const notSince = [{ verificationStartedAt: null }, { verificationStartedAt: { lt: before } }];
  const rows = await tx.version.findMany({
    where: { createdAt: { lt: before }, AND: [WAITING, { OR: notSince }] },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: limit,
  });
  return rows.map((row) => row.id);
}
