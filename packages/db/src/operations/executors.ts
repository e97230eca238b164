/** Executors: their registration, their sign of life, and what they need to know of a version before they run it. */
import {
  type Actor,
  type Executor,
  type IsolationLevel,
  Manifest,
  PaddockError,
  type VersionState,
} from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { iso } from '../rows.js';
import type { Tx } from '../transaction.js';
import { type SignaturePolicy, trustedSigners } from './signaturePolicy.js';

type ExecutorControl = Executor['controls'][number];

export interface ExecutorRegistration {
  id: string;
  hostname: string;
  /** The strongest that it has; `refuse` when it lacks a control, and then it takes no runs. */
  isolationLevel: IsolationLevel | 'refuse';
  runtimes: readonly string[];
  capacity: number;
  controls: readonly ExecutorControl[];
}

/** Writes what an executor is and can do: at its start, and again when its probe finds that its isolation has changed. */
export async function registerExecutor(
  tx: Tx,
  actor: Actor,
  executor: ExecutorRegistration,
  event: 'executor.registered' | 'executor.isolation_changed' = 'executor.registered',
): Promise<void> {
  const { id, hostname, isolationLevel, capacity } = executor;
  const report = executor.controls.map(({ name, kernel, neededFor, held, detail }) => ({
    name,
    kernel,
    neededFor,
    held,
    detail,
  }));
  const values = { hostname, isolationLevel, capacity, runtimes: [...executor.runtimes], report };
  await tx.executor.upsert({ where: { id }, create: { id, ...values }, update: { ...values, lastSeenAt: new Date() } });
  await writeAudit(tx, {
    organizationId: null,
    actor,
    event,
    subject: { type: 'executor', id },
    data: {
      hostname,
      isolationLevel,
      missing: report.filter((control) => !control.held).map(({ kernel, name }) => `${kernel}: ${name}`),
    },
  });
}

export async function touchExecutor(tx: Tx, id: string): Promise<void> {
  await tx.executor.updateMany({ where: { id }, data: { lastSeenAt: new Date() } });
}

/** Forgets an executor that ended in order. */
export async function removeExecutor(tx: Tx, id: string): Promise<void> {
  await tx.executor.deleteMany({ where: { id } });
}

export async function listExecutors(tx: Tx) {
  const rows = await tx.executor.findMany({ orderBy: { id: 'asc' } });
  return rows.map((row) => ({
    id: row.id,
    hostname: row.hostname,
    isolationLevel: row.isolationLevel,
    runtimes: row.runtimes as string[],
    capacity: row.capacity,
    controls: row.report as unknown as ExecutorControl[],
    lastSeenAt: iso(row.lastSeenAt),
  }));
}

/** Which of these versions are revoked. */
export async function listRevokedVersions(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.version.findMany({ where: { id: { in: [...ids] }, state: 'revoked' }, select: { id: true } });
  return rows.map(({ id }) => id);
}

export interface ExecutableVersion {
  id: string;
  state: VersionState;
  plugin: string;
  version: string;
  artifactSha256: string;
  manifest: Manifest;
  envelope: Uint8Array;
  countersignature: Uint8Array | null;
  /** When the registry first saw it, and when it recorded the verdict. */
  uploadedAt: Date;
  verifiedAt: Date;
  /** Whose signatures it needs, as it was when it was uploaded. */
  policy: SignaturePolicy;
}

/** @throws PaddockError `not_found` */
export async function getExecutableVersion(tx: Tx, id: string): Promise<ExecutableVersion> {
  const row: Prisma.VersionGetPayload<{ include: { plugin: true } }> | null = await tx.version.findUnique({
    where: { id },
    include: { plugin: true },
  });
  if (row === null || row.manifest === null || row.verifiedAt === null) throw new PaddockError('not_found');
  const { artifactSha256, envelope, countersignature, createdAt, verifiedAt, version } = row;
  return {
    id,
    state: row.state as VersionState,
    plugin: `${row.plugin.publisher}/${row.plugin.name}`,
    version,
    artifactSha256,
    manifest: Manifest.parse(row.manifest),
    envelope,
    countersignature,
    uploadedAt: createdAt,
    verifiedAt,
    policy: { ...(await trustedSigners(tx, row.organizationId)), threshold: row.requiredSignatures },
  };
}
