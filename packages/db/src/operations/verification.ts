/** What the verifier reads of a version, and what it writes back. */
import {
  type Actor,
  type Finding,
  type Manifest,
  type TrustedKey,
  toStorableJson,
  type Verdict,
  versionStatesBefore,
} from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import type { Tx } from '../transaction.js';
import { trustedKeys } from './signingKeys.js';

export interface VersionToVerify {
  id: string;
  organizationId: string;
  publisher: string;
  name: string;
  version: string;
  artifactSha256: string;
  size: number;
  envelope: Uint8Array;
  /** When the registry first saw the bytes: the time at which a signing key must have been valid. */
  uploadedAt: Date;
  keys: TrustedKey[];
}

/** The version if it still waits for its verification, else null. */
export async function getVersionToVerify(tx: Tx, id: string): Promise<VersionToVerify | null> {
  const row = await tx.version.findFirst({ where: { id, state: 'verifying' }, include: { plugin: true } });
  if (row === null) return null;
  const { organizationId, version, artifactSha256, size, envelope, createdAt } = row;
  const { publisher, name } = row.plugin;
  const keys = await trustedKeys(tx, organizationId);
  return { id, organizationId, publisher, name, version, artifactSha256, size, envelope, uploadedAt: createdAt, keys };
}

export interface VerificationReport {
  verdict: Verdict;
  findings: Finding[];
  scanner: string;
  manifest: Manifest | null;
  /** The registry's envelope; null for a rejected version. */
  countersignature: Uint8Array<ArrayBuffer> | null;
}

/** Settles a verification: state, report and audit in one transaction. False when the version no longer waits for one. */
export async function recordVerification(
  tx: Tx,
  actor: Actor,
  version: VersionToVerify,
  report: VerificationReport,
): Promise<boolean> {
  const { verdict, findings, scanner, manifest, countersignature } = report;
  const { count } = await tx.version.updateMany({
    where: { id: version.id, state: { in: versionStatesBefore(verdict).filter((state) => state === 'verifying') } },
    data: {
      state: verdict,
      verifiedAt: new Date(),
      ...(manifest === null ? {} : { manifest: manifest as Prisma.InputJsonObject }),
      countersignature,
    },
  });
  if (count === 0) return false;
  // Findings quote strangers, whose text may hold what can't be stored.
  const storable = JSON.parse(toStorableJson(findings)) as Prisma.InputJsonArray;
  const { id: versionId, organizationId } = version;
  await tx.verification.create({
    data: { id: uuidv7(), versionId, organizationId, verdict, findings: storable, scanner },
  });
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

/** Ids of versions that have waited for their verification since before `before`: their job may be lost. */
export async function listStuckVersions(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const rows = await tx.version.findMany({
    where: { state: 'verifying', createdAt: { lt: before } },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: limit,
  });
  return rows.map((row) => row.id);
}
