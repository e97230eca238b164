/** Versions as people see them: uploaded, read, listed. */
import {
  type Actor,
  type Deprecation,
  type Evidence,
  type Finding,
  Manifest,
  type ObservedProfile,
  PaddockError,
  type Provenance,
  type ScannerVersion,
  type Severity,
  type Signer,
  splitPluginName,
  type Verdict,
  type Version,
  type VersionAdvisory,
  type VersionDecision,
  type VersionState,
} from '@paddock/contracts';
import semver from 'semver';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { iso, isoOrNull, isUniqueViolation, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

export const versionInclude = {
  plugin: true,
  advisories: { orderBy: { advisoryId: 'asc' } },
  rescan: { select: { flagged: true } },
  verifications: { orderBy: { createdAt: 'desc' }, take: 1 },
} as const satisfies Prisma.VersionInclude;
type Row = Prisma.VersionGetPayload<{ include: typeof versionInclude }>;

export function toVersion(row: Row): Version {
  const verification = row.verifications[0];
  return {
    id: row.id,
    plugin: `${row.plugin.publisher}/${row.plugin.name}`,
    version: row.version,
    state: row.state as VersionState,
    sha256: row.artifactSha256,
    size: row.size,
    signers: row.signers as Signer[],
    provenance: row.provenance as Provenance | null,
    verdict: (verification?.verdict as Verdict | undefined) ?? null,
    findings: (verification?.findings as Finding[] | undefined) ?? [],
    scanners: (verification?.scanners as ScannerVersion[] | undefined) ?? [],
    evidence: (verification?.evidence as Evidence[] | undefined) ?? [],
    profile: (verification?.profile as ObservedProfile | null | undefined) ?? null,
    manifest: row.manifest === null ? null : Manifest.parse(row.manifest),
    createdAt: iso(row.createdAt),
    verifiedAt: isoOrNull(row.verifiedAt),
    verificationRequestedAt: isoOrNull(row.verificationRequestedAt),
    publishedAt: isoOrNull(row.publishedAt),
    decision: row.decision as VersionDecision | null,
    deprecation: row.deprecation as Deprecation | null,
    advisories: row.advisories.map(toVersionAdvisory),
    laterFindings: (row.rescan?.flagged as Finding[] | undefined) ?? [],
  };
}

export const toVersionAdvisory = (row: Prisma.VersionAdvisoryGetPayload<object>): VersionAdvisory => ({
  id: row.advisoryId,
  severity: row.severity as Severity,
  summary: row.summary,
  packages: row.packages as VersionAdvisory['packages'],
  foundAt: iso(row.foundAt),
});

export interface VersionName {
  publisher: string;
  name: string;
  version: string;
}

export interface UploadedVersion extends VersionName {
  artifactSha256: string;
  size: number;
  /** The envelope byte for byte. */
  envelope: Uint8Array<ArrayBuffer>;
  /** Those whose signatures count, and how many of them it took. */
  signers: readonly Signer[];
  requiredSignatures: number;
  provenance: AttachedProvenance | null;
}

export interface AttachedProvenance {
  /** Byte for byte. */
  envelope: Uint8Array<ArrayBuffer>;
  /** What it says, and who says so. */
  stated: Provenance;
}

/** Lets an upload be refused before its bytes are stored. @throws PaddockError `version_exists` when the version stands with other bytes. */
export async function requireSameBytes(tx: Tx, { publisher, name, version }: VersionName, sha256: string) {
  const others = { version, plugin: { publisher, name }, artifactSha256: { not: sha256 } };
  if ((await tx.version.count({ where: others })) > 0) throw new PaddockError('version_exists');
}

const EMPTY = new Uint8Array();

/**
 * Records an upload as `verifying`. The same bytes under the same version come back as they are (`created: false`).
 *
 * @throws PaddockError `version_exists` when the version stands with other bytes, or without the provenance that comes now.
 */
export async function createVersion(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  upload: UploadedVersion,
): Promise<{ version: Version; created: boolean }> {
  const { publisher, name, provenance } = upload;
  const plugin = await tx.plugin.upsert({
    where: { publisher_name: { publisher, name } },
    create: { id: uuidv7(), organizationId, publisher, name },
    update: {},
  });
  const existing = await tx.version.findUnique({
    where: { pluginId_version: { pluginId: plugin.id, version: upload.version } },
    include: versionInclude,
  });
  if (existing !== null) {
    if (existing.artifactSha256 !== upload.artifactSha256) throw new PaddockError('version_exists');
    // What is attached later would be dropped without a word.
    if (provenance !== null && Buffer.compare(provenance.envelope, existing.provenanceEnvelope ?? EMPTY) !== 0)
      throw new PaddockError('version_exists', 'It stands with another provenance, or with none.');
    return { version: toVersion(existing), created: false };
  }
  const row = await tx.version.create({
    data: {
      id: uuidv7(),
      pluginId: plugin.id,
      organizationId,
      version: upload.version,
      state: 'verifying',
      artifactSha256: upload.artifactSha256,
      size: upload.size,
      envelope: upload.envelope,
      signers: [...upload.signers],
      requiredSignatures: upload.requiredSignatures,
      ...(provenance === null ? {} : { provenance: provenance.stated, provenanceEnvelope: provenance.envelope }),
    },
    include: versionInclude,
  });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'version.uploaded',
    subject: { type: 'version', id: row.id },
    data: {
      plugin: `${publisher}/${name}`,
      version: upload.version,
      sha256: upload.artifactSha256,
      signers: [...upload.signers],
    },
  });
  return { version: toVersion(row), created: true };
}

/** Whether an upload lost a race against another one of the same version; it is then to be tried once more. */
export const lostUploadRace = isUniqueViolation;

/** @throws PaddockError `not_found` */
export async function getVersion(tx: Tx, id: string): Promise<Version> {
  const row = await tx.version.findUnique({ where: { id }, include: versionInclude });
  if (row === null) throw new PaddockError('not_found');
  return toVersion(row);
}

/** The publisher's envelope and the registry's, if there is one, byte for byte. @throws PaddockError `not_found` */
export async function getVersionSignatures(
  tx: Tx,
  id: string,
): Promise<{ envelope: Uint8Array; countersignature: Uint8Array | null }> {
  const row = await tx.version.findUnique({ where: { id }, select: { envelope: true, countersignature: true } });
  if (row === null) throw new PaddockError('not_found');
  return row;
}

/** Whether the version is `organizationId`'s own. */
export async function ownsVersion(tx: Tx, organizationId: string, id: string): Promise<boolean> {
  return (await tx.version.count({ where: { id, organizationId } })) > 0;
}

export interface PreviousVersion {
  id: string;
  version: string;
}

/** The published version of the same plugin that comes before this one by semver's order; null if there is none. */
export async function findPreviousVersion(tx: Tx, id: string): Promise<PreviousVersion | null> {
  const { pluginId, version } = await tx.version.findUniqueOrThrow({ where: { id } });
  const rows = await tx.version.findMany({
    where: { pluginId, state: 'published' },
    select: { id: true, version: true },
  });
  const earlier = rows.filter((row) => semver.lt(row.version, version));
  return earlier.sort((a, b) => semver.rcompare(a.version, b.version))[0] ?? null;
}

function named(reference: string): Prisma.VersionWhereInput {
  const [fullName = '', version] = reference.split('@');
  return { plugin: splitPluginName(fullName), ...(version === undefined ? {} : { version }) };
}

export interface VersionFilter {
  /** Only this publisher's; all that the door shows if left out. */
  organizationId?: string | undefined;
  state?: VersionState | undefined;
  /** `publisher/name`, or just one version of it. */
  plugin?: string | undefined;
  /** The id of a key of the registry's. */
  countersignedBy?: string | undefined;
  order?: 'newest' | 'oldest' | undefined;
  limit: number;
  after?: string | undefined;
}

/** Ids of versions whose countersignature is by this key: its id stands in the envelope outside of what is signed, in the open. */
async function countersigned(tx: Tx, keyId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM versions WHERE position(convert_to(${keyId}, 'UTF8') IN countersignature) > 0`;
  return rows.map(({ id }) => id);
}

/** Newest first, unless the oldest are asked for. */
export async function listVersions(
  tx: Tx,
  { organizationId, state, plugin, countersignedBy, order = 'newest', limit, after }: VersionFilter,
): Promise<Page<Version>> {
  const rows = await tx.version.findMany({
    where: {
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(state === undefined ? {} : { state }),
      ...(plugin === undefined ? {} : named(plugin)),
      ...(countersignedBy === undefined ? {} : { AND: { id: { in: await countersigned(tx, countersignedBy) } } }),
      ...(after === undefined ? {} : { id: order === 'newest' ? { lt: after } : { gt: after } }),
    },
    include: versionInclude,
    orderBy: { id: order === 'newest' ? 'desc' : 'asc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => row.id, toVersion);
}
