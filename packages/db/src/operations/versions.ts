/** Versions as people see them: uploaded, read, listed, decided upon. */
import {
  type Actor,
  type Finding,
  Manifest,
  PaddockError,
  type Verdict,
  type Version,
  type VersionState,
  versionStatesBefore,
} from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { iso, isoOrNull, isUniqueViolation, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const include = {
  plugin: true,
  verifications: { orderBy: { createdAt: 'desc' }, take: 1 },
} as const satisfies Prisma.VersionInclude;
type Row = Prisma.VersionGetPayload<{ include: typeof include }>;

function toVersion(row: Row): Version {
  const verification = row.verifications[0];
  return {
    id: row.id,
    plugin: `${row.plugin.publisher}/${row.plugin.name}`,
    version: row.version,
    state: row.state as VersionState,
    sha256: row.artifactSha256,
    size: row.size,
    keyId: row.keyId,
    verdict: (verification?.verdict as Verdict | undefined) ?? null,
    findings: (verification?.findings as Finding[] | undefined) ?? [],
    manifest: row.manifest === null ? null : Manifest.parse(row.manifest),
    createdAt: iso(row.createdAt),
    verifiedAt: isoOrNull(row.verifiedAt),
    publishedAt: isoOrNull(row.publishedAt),
  };
}

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
  keyId: string;
}

/** Lets an upload be refused before its bytes are stored. @throws PaddockError `version_exists` when the version stands with other bytes. */
export async function requireSameBytes(tx: Tx, { publisher, name, version }: VersionName, sha256: string) {
  const others = { version, plugin: { publisher, name }, artifactSha256: { not: sha256 } };
  if ((await tx.version.count({ where: others })) > 0) throw new PaddockError('version_exists');
}

/**
 * Records an upload as `verifying`. The same bytes under the same version come back as they are (`created: false`).
 *
 * @throws PaddockError `version_exists` when the version stands with other bytes.
 */
export async function createVersion(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  upload: UploadedVersion,
): Promise<{ version: Version; created: boolean }> {
  const { publisher, name } = upload;
  const plugin = await tx.plugin.upsert({
    where: { publisher_name: { publisher, name } },
    create: { id: uuidv7(), organizationId, publisher, name },
    update: {},
  });
  const existing = await tx.version.findUnique({
    where: { pluginId_version: { pluginId: plugin.id, version: upload.version } },
    include,
  });
  if (existing !== null) {
    if (existing.artifactSha256 !== upload.artifactSha256) throw new PaddockError('version_exists');
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
      keyId: upload.keyId,
    },
    include,
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
      keyId: upload.keyId,
    },
  });
  return { version: toVersion(row), created: true };
}

/** Whether an upload lost a race against another one of the same version; it is then to be tried once more. */
export const lostUploadRace = isUniqueViolation;

/** @throws PaddockError `not_found` */
export async function getVersion(tx: Tx, id: string): Promise<Version> {
  const row = await tx.version.findUnique({ where: { id }, include });
  if (row === null) throw new PaddockError('not_found');
  return toVersion(row);
}

/** Whether the version is `organizationId`'s own. */
export async function ownsVersion(tx: Tx, organizationId: string, id: string): Promise<boolean> {
  return (await tx.version.count({ where: { id, organizationId } })) > 0;
}

export interface VersionFilter {
  /** Only this publisher's; all that the door shows if left out. */
  organizationId?: string | undefined;
  state?: VersionState | undefined;
  limit: number;
  after?: string | undefined;
}

/** Newest first. */
export async function listVersions(
  tx: Tx,
  { organizationId, state, limit, after }: VersionFilter,
): Promise<Page<Version>> {
  const rows = await tx.version.findMany({
    where: {
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    include,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => row.id, toVersion);
}

export interface VersionDecision {
  to: 'published' | 'rejected';
  /** The states that whoever decides may decide upon. */
  from: readonly VersionState[];
  reason?: string | undefined;
}

/**
 * Publishes or rejects a version: a compare-and-set on its state. Doing it again changes nothing.
 *
 * @throws PaddockError `not_found`, `version_not_publishable`
 */
export async function decideVersion(
  tx: Tx,
  actor: Actor,
  id: string,
  { to, from, reason }: VersionDecision,
): Promise<Version> {
  const before = await getVersion(tx, id);
  if (before.state === to) return before;
  if (to === 'published' && before.manifest === null)
    throw new PaddockError('version_not_publishable', 'It was never read to its end.');
  const allowed = versionStatesBefore(to).filter((state) => from.includes(state));
  const { count } = await tx.version.updateMany({
    where: { id, state: { in: allowed } },
    data: { state: to, ...(to === 'published' ? { publishedAt: new Date() } : {}) },
  });
  if (count === 0) throw new PaddockError('version_not_publishable', `It is ${before.state}.`);
  const row = await tx.version.findUniqueOrThrow({ where: { id }, include });
  const events =
    to === 'rejected'
      ? (['version.rejected'] as const)
      : before.state === 'review'
        ? (['version.approved', 'version.published'] as const)
        : (['version.published'] as const);
  for (const event of events) {
    await writeAudit(tx, {
      organizationId: row.organizationId,
      actor,
      event,
      subject: { type: 'version', id },
      data: {
        plugin: `${row.plugin.publisher}/${row.plugin.name}`,
        version: row.version,
        sha256: row.artifactSha256,
        ...(reason === undefined ? {} : { reason }),
      },
    });
  }
  return toVersion(row);
}
