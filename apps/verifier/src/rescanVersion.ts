/**
 * The job that holds newer rules against what is published: begin → open → scan → compare → record. It scans alone: what a
 * version was seen to do, where it comes from and whose signatures it bears was settled when it was verified. What the rules
 * of today would not accept flags the version; that it is taken back is for people to decide.
 */
import { verifyPublisher } from '@paddock/bundle';
import { type Finding, MAX_RESCAN_ATTEMPTS, type PublishStatement, type RescanVersionJob } from '@paddock/contracts';
import { decide, SCANNER } from '@paddock/verification';
import type { VerifierContext } from './context.js';
import { asFinding, isOurs } from './faults.js';
import { openBundle } from './openBundle.js';
import { scan, UNFINISHED } from './scan.js';

export async function rescanVersion({ versionId }: RescanVersionJob, verifier: VerifierContext): Promise<void> {
  const { db, actor, logger } = verifier;
  const attempt = await db.system.beginRescan(versionId, SCANNER);
  if (attempt === null) return;
  const version = await db.system.getVersion(versionId);
  const bundlePath = await openBundle(version.sha256, verifier);
  const findings = await findingsOf(bundlePath, await statementOf(version, verifier), verifier);
  // A machine that has much to do is no reason to flag what it scans; the last attempt decides.
  if (attempt < MAX_RESCAN_ATTEMPTS && findings.some(({ rule }) => rule === UNFINISHED))
    throw new Error(`the scan of ${versionId} did not come to an end in attempt ${attempt}`);
  const report = { verdict: decide(findings), findings, flagged: newlyRefused(findings, version.findings) };
  if (await db.system.recordRescan(actor, versionId, SCANNER, report))
    logger.info({ versionId, verdict: report.verdict, flagged: report.flagged.length }, 'version scanned again');
}

/** What its publisher signed, by the keys that counted when the registry first saw it. */
async function statementOf(
  { id, plugin, version, sha256 }: { id: string; plugin: string; version: string; sha256: string },
  { db, sigstore }: Pick<VerifierContext, 'db' | 'sigstore'>,
): Promise<PublishStatement> {
  const { envelope, policy, uploadedAt } = await db.system.getExecutableVersion(id);
  const expected = { sha256, plugin, version };
  return (await verifyPublisher(envelope, { policy, sigstore, at: uploadedAt, expected })).statement;
}

/** What the scanner finds; a bundle that it refuses today is a finding too. @throws what is the platform's fault */
async function findingsOf(
  bundlePath: string,
  statement: PublishStatement,
  verifier: VerifierContext,
): Promise<Finding[]> {
  try {
    return (await scan(bundlePath, statement, verifier)).findings;
  } catch (error) {
    if (isOurs(error)) throw error;
    return [asFinding(error)];
  }
}

/** Of each rule that does not let a version pass, the first finding; none of a rule that was known when it was published. */
function newlyRefused(findings: readonly Finding[], known: readonly Finding[]): Finding[] {
  const key = ({ rule, severity }: Finding) => `${rule} ${severity}`;
  const seen = new Set(known.map(key));
  return findings.filter((finding) => {
    if (decide([finding]) === 'accepted' || seen.has(key(finding))) return false;
    seen.add(key(finding));
    return true;
  });
}
