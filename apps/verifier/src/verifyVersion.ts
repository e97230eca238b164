/**
 * The job of a verifier: open → integrity → scan → manifest → unpack → detonate → verdict → countersign → record. A fault of
 * the bundle becomes a finding and, by the policy, a verdict; a fault of ours throws, and the job comes again.
 */
import { ArtifactError } from '@paddock/artifacts';
import { sha256Hex, signStatement, verdictStatement } from '@paddock/bundle';
import {
  type Finding,
  isStorableJson,
  type Manifest,
  PaddockError,
  type PublishStatement,
  type VerifyVersionJob,
} from '@paddock/contracts';
import type { VerificationReport, VersionToVerify } from '@paddock/db';
import { decide, SCANNER, verifyFiles, verifyIntegrity } from '@paddock/verification';
import type { VerifierContext } from './context.js';
import { detonate } from './detonate.js';
import { scan } from './scan.js';

export async function verifyVersion({ versionId }: VerifyVersionJob, verifier: VerifierContext): Promise<void> {
  const { db, actor, logger } = verifier;
  const version = await db.system.getVersionToVerify(versionId);
  if (version === null) return; // Verified already: a job may come twice.
  const report = await examine(version, verifier);
  const recorded = await db.system.recordVerification(actor, version, report);
  if (recorded)
    logger.info({ versionId, verdict: report.verdict, findings: report.findings.length }, 'version verified');
}

async function examine(version: VersionToVerify, verifier: VerifierContext): Promise<VerificationReport> {
  const findings: Finding[] = [];
  let manifest: Manifest | null = null;
  try {
    const bundlePath = await openArtifact(version, verifier);
    const statement = await integrity(version);
    const scanned = await scan(bundlePath, statement, verifier);
    findings.push(...scanned.findings);
    if (scanned.manifest !== null) {
      verifyFiles(statement, scanned.files);
      manifest = expectStorable(expectName(scanned.manifest, statement));
      findings.push(...(await detonate(version, statement, manifest, verifier)));
    }
  } catch (error) {
    findings.push(asFinding(error));
  }
  const verdict = decide(findings);
  const countersignature = verdict === 'rejected' ? null : await countersign(version, verdict, verifier);
  return { verdict, findings, scanner: SCANNER, manifest, countersignature };
}

/** The local path of the bundle, hashed again. */
async function openArtifact(version: VersionToVerify, { artifacts }: VerifierContext): Promise<string> {
  try {
    return await artifacts.path(version.artifactSha256);
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    throw new PaddockError(cause.code === 'missing' ? 'artifact_missing' : 'artifact_corrupt', undefined, { cause });
  }
}

function integrity({
  envelope,
  artifactSha256,
  publisher,
  name,
  version,
  keys,
  uploadedAt,
}: VersionToVerify): Promise<PublishStatement> {
  const expected = { publisher, plugin: `${publisher}/${name}`, version };
  return verifyIntegrity({ envelopeBytes: envelope, artifactSha256, expected, keys, at: uploadedAt });
}

function expectName(manifest: Manifest, { predicate: { plugin, version } }: PublishStatement): Manifest {
  if (manifest.name !== plugin || manifest.version !== version) {
    throw new PaddockError(
      'statement_name_mismatch',
      `plugin.json says ${manifest.name}@${manifest.version}, the signature ${plugin}@${version}.`,
    );
  }
  return manifest;
}

/** A manifest that has to be changed to be stored would not be the one that was signed. */
function expectStorable(manifest: Manifest): Manifest {
  if (!isStorableJson(manifest))
    throw new PaddockError('manifest_invalid', 'It holds a NUL character or half a surrogate pair.');
  return manifest;
}

async function countersign(version: VersionToVerify, verdict: 'accepted' | 'review', { registryKey }: VerifierContext) {
  const statement = verdictStatement({
    plugin: `${version.publisher}/${version.name}`,
    version: version.version,
    sha256: version.artifactSha256,
    verdict,
    scanner: SCANNER,
    envelopeSha256: await sha256Hex(new Uint8Array(version.envelope)),
    verifiedAt: new Date(),
  });
  const envelope = await signStatement(statement, registryKey.privateKeyPem, registryKey.keyId);
  return new TextEncoder().encode(JSON.stringify(envelope));
}

/** A fault that the bundle itself is to blame for, as a finding that rejects it. @throws what is ours */
function asFinding(error: unknown): Finding {
  if (!(error instanceof PaddockError) || error.retry || error.status >= 500) throw error;
  const where = error.issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  return {
    rule: error.code,
    severity: 'critical',
    message: [error.message, where].filter(Boolean).join(' ').slice(0, 1000),
    file: null,
    line: null,
    excerpt: null,
  };
}
