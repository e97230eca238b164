/**
 * The job of a verifier: open → integrity → scan → supply → manifest → unpack → detonate → verdict → countersign → record. A
 * fault of the bundle becomes a finding and, by the policy, a verdict; a fault of ours throws, and the job comes again. What
 * does not come to an end then either is left to a person, with the reason, and never accepted.
 *
 * A step that rests on a scanner or on data of its own adds their versions to `scanners`; one that leaves a document adds it
 * to `documents` under its name. Both are stored with the version, downloadable, and covered by the countersignature.
 */
import { type PublisherWord, verifyFiles, verifyPublisher } from '@paddock/bundle';
import {
  type BundledPackage,
  ERRORS,
  type Finding,
  isStorableJson,
  MAX_VERIFICATION_ATTEMPTS,
  type Manifest,
  type ObservedProfile,
  PaddockError,
  type PublishStatement,
  type ScannerVersion,
  type Signer,
  type SignersDocument,
  type VerifyVersionJob,
} from '@paddock/contracts';
import type { VerificationReport, VersionToVerify } from '@paddock/db';
import { checkOrder, decide, SCANNER } from '@paddock/verification';
import type { VerifierContext } from './context.js';
import { countersign } from './countersign.js';
import { DETONATION, detonate } from './detonate.js';
import { asFinding, isOurs } from './faults.js';
import { inspectSupply } from './inspectSupply.js';
import { openBundle } from './openBundle.js';
import { provenanceDocument } from './provenance.js';
import { scan } from './scan.js';
import { storeEvidence } from './storeEvidence.js';

export async function verifyVersion({ versionId }: VerifyVersionJob, verifier: VerifierContext): Promise<void> {
  const { db, actor, logger } = verifier;
  const version = await db.system.beginVerification(versionId);
  if (version === null) return; // Verified already: a job may come twice.
  const report = await examine(version, verifier);
  const recorded = await db.system.recordVerification(actor, version, report);
  if (recorded)
    logger.info({ versionId, verdict: report.verdict, findings: report.findings.length }, 'version verified');
}

async function examine(version: VersionToVerify, verifier: VerifierContext): Promise<VerificationReport> {
  const findings: Finding[] = [];
  const scanners: ScannerVersion[] = [SCANNER];
  const documents: Record<string, unknown> = {};
  let manifest: Manifest | null = null;
  let profile: ObservedProfile | null = null;
  let packages: BundledPackage[] = [];
  try {
    if (version.attempt > MAX_VERIFICATION_ATTEMPTS)
      throw new PaddockError('unavailable', 'The verifier ended each time.');
    const bundlePath = await openBundle(version.artifactSha256, verifier);
    const { statement, signers } = await integrity(version, verifier);
    documents['signers'] = signersDocument(version, signers);
    const provenance = await provenanceDocument(version, verifier);
    if (provenance !== null) documents['provenance'] = provenance;
    const scanned = await scan(bundlePath, statement, verifier);
    findings.push(...checkOrder(version.version, version.released), ...scanned.findings);
    if (scanned.manifest !== null) {
      verifyFiles(statement, scanned.files);
      documents['abilities'] = { detected: scanned.detected, declared: scanned.manifest.capabilities };
      const supply = await inspectSupply(
        version,
        statement,
        { manifest: scanned.manifest, findings: scanned.findings, components: scanned.components, provenance },
        verifier,
      );
      findings.push(...supply.findings);
      scanners.push(...supply.scanners);
      Object.assign(documents, supply.documents);
      packages = supply.packages;
      manifest = expectStorable(expectName(scanned.manifest, statement));
      const detonation = await detonate(version, statement, manifest, verifier);
      ({ profile } = detonation);
      findings.push(...detonation.findings);
      scanners.push(DETONATION);
      if (profile !== null) documents['profile'] = profile;
    }
  } catch (error) {
    findings.push(isOurs(error) ? unfinished(error, version, verifier) : asFinding(error));
  }
  const verdict = decide(findings);
  const evidence = await storeEvidence({ ...documents, findings }, verifier);
  const countersignature =
    verdict === 'rejected' || keepsCountersignature(version, findings)
      ? null
      : await countersign(version, { verdict, scanners, evidence }, verifier);
  return { verdict, findings, scanners, evidence, packages, profile, manifest, countersignature };
}

/** What is out is run by its countersignature, so it gets no new one for half of a verification. */
const keepsCountersignature = ({ isOut }: VersionToVerify, findings: readonly Finding[]): boolean =>
  isOut && findings.some(({ rule }) => rule.endsWith('-unfinished'));

/** The publisher's word, by the keys and the threshold that counted when the registry first saw it. */
function integrity(
  { envelope, policy, uploadedAt, ...named }: VersionToVerify,
  { sigstore }: VerifierContext,
): Promise<PublisherWord> {
  const { artifactSha256: sha256, publisher, name, version } = named;
  const expected = { sha256, publisher, plugin: `${publisher}/${name}`, version };
  return verifyPublisher(envelope, { policy, sigstore, at: uploadedAt, expected });
}

/** With what anybody can check the publisher's signature as the registry did: the keys that counted, how many it took, and when. */
function signersDocument({ policy, uploadedAt }: VersionToVerify, signers: readonly Signer[]): SignersDocument {
  const keys = policy.keys.filter(({ keyId }) => signers.some((each) => each.type === 'key' && each.keyId === keyId));
  const identities = policy.identities.filter(({ issuer, identity }) =>
    signers.some((each) => each.type === 'sigstore' && each.issuer === issuer && each.identity === identity),
  );
  return { keys, identities, threshold: policy.threshold, seenAt: uploadedAt.toISOString() };
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

/** Why a version could not be verified, however often it was tried. @throws the error as long as it is to be tried again */
function unfinished(error: unknown, { id, attempt }: VersionToVerify, { logger }: VerifierContext): Finding {
  if (attempt < MAX_VERIFICATION_ATTEMPTS) throw error;
  logger.error({ err: error, versionId: id, attempt }, 'version can’t be verified');
  const code = error instanceof PaddockError ? error.code : 'internal';
  const message = `The verification did not come to an end in ${MAX_VERIFICATION_ATTEMPTS} attempts: ${ERRORS[code].title}`;
  return { rule: 'verification-unfinished', severity: 'high', message, file: null, line: null, excerpt: null };
}
