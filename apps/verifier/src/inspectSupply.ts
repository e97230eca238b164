/**
 * Where a version comes from, besides its publisher's own code: the packages that it holds and what is known of them, whose
 * name it could be taken for, and what the version before it was. The scanner's report is validated; nothing is parsed here.
 */
import { verifyPublisher } from '@paddock/bundle';
import type {
  BundledPackage,
  Finding,
  Manifest,
  Provenance,
  PublishStatement,
  ScannerVersion,
} from '@paddock/contracts';
import type { VersionToVerify } from '@paddock/db';
import {
  advisoryFindings,
  type ComparedVersion,
  type Component,
  differenceFindings,
  licenseFindings,
  lookAlikeFindings,
  matchAdvisories,
  sbomDocument,
} from '@paddock/verification';
import type { VerifierContext } from './context.js';

export interface Supply {
  findings: Finding[];
  scanners: ScannerVersion[];
  documents: Record<string, unknown>;
  packages: BundledPackage[];
}

interface Scanned {
  manifest: Manifest;
  findings: readonly Finding[];
  components: readonly Component[];
  provenance: Provenance | null;
}

/** @returns findings; a document `sbom`; and as a scanner the advisories, by the time of the newest one. */
export async function inspectSupply(
  version: VersionToVerify,
  { predicate }: PublishStatement,
  { manifest, findings, components, provenance }: Scanned,
  { db, sigstore }: Pick<VerifierContext, 'db' | 'sigstore'>,
): Promise<Supply> {
  const { publisher, name, artifactSha256, organizationId } = version;
  // What a lock file calls needed for development only stood beside the code when it was made, and counts as well.
  const packages = components.map(({ ecosystem, name, version, file }) => ({ ecosystem, name, version, file }));
  const [{ advisories, asOf }, others, different] = await Promise.all([
    db.system.findAdvisories(packages),
    db.system.listOtherPlugins(organizationId),
    differences(version.id, { manifest, files: predicate.files, findings, provenance }, { db, sigstore }),
  ]);
  return {
    findings: [
      ...advisoryFindings(matchAdvisories(packages, advisories)),
      ...lookAlikeFindings({ publisher, name }, others),
      ...different,
      ...licenseFindings(manifest.license, components),
    ],
    scanners: [{ name: 'advisories', version: asOf ?? 'none' }],
    documents: { sbom: sbomDocument({ ...predicate, license: manifest.license }, artifactSha256, components) },
    packages,
  };
}

async function differences(
  id: string,
  after: Omit<ComparedVersion, 'version'>,
  { db, sigstore }: Pick<VerifierContext, 'db' | 'sigstore'>,
): Promise<Finding[]> {
  const previous = await db.system.findPreviousVersion(id);
  if (previous === null) return [];
  const [{ plugin, version, sha256, manifest, findings, provenance }, { envelope, policy, uploadedAt }] =
    await Promise.all([db.system.getVersion(previous.id), db.system.getExecutableVersion(previous.id)]);
  if (manifest === null) return [];
  const { statement } = await verifyPublisher(envelope, {
    policy,
    sigstore,
    at: uploadedAt,
    expected: { sha256, plugin, version },
  });
  return differenceFindings({ version, manifest, findings, files: statement.predicate.files, provenance }, after);
}
