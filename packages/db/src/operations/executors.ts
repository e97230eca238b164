/** Executors: their registration, their sign of life, and what they need to know of a version before they run it. */
import { type Actor, Manifest, PaddockError, type TrustedKey, type VersionState } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { iso } from '../rows.js';
import type { Tx } from '../transaction.js';
import { trustedKeys } from './signingKeys.js';

export interface ExecutorRegistration {
  id: string;
  hostname: string;
  isolationLevel: string;
  runtimes: readonly string[];
  capacity: number;
  controls: readonly { name: string; held: boolean; detail: string }[];
}

export async function registerExecutor(tx: Tx, actor: Actor, executor: ExecutorRegistration): Promise<void> {
  const { id, hostname, isolationLevel, capacity } = executor;
  const report = executor.controls.map((control) => ({ ...control }));
  const values = { hostname, isolationLevel, capacity, runtimes: [...executor.runtimes], report };
  await tx.executor.upsert({ where: { id }, create: { id, ...values }, update: { ...values, lastSeenAt: new Date() } });
  await writeAudit(tx, {
    organizationId: null,
    actor,
    event: 'executor.registered',
    subject: { type: 'executor', id },
    data: {
      hostname,
      isolationLevel,
      missing: report.filter((control) => !control.held).map((control) => control.name),
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
    controls: row.report as { name: string; held: boolean; detail: string }[],
    lastSeenAt: iso(row.lastSeenAt),
  }));
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
  createdAt: Date;
  keys: TrustedKey[];
}

/** @throws PaddockError `not_found` */
export async function getExecutableVersion(tx: Tx, id: string): Promise<ExecutableVersion> {
  const row: Prisma.VersionGetPayload<{ include: { plugin: true } }> | null = await tx.version.findUnique({
    where: { id },
    include: { plugin: true },
  });
  if (row === null || row.manifest === null) throw new PaddockError('not_found');
  const { artifactSha256, envelope, countersignature, createdAt, version } = row;
  return {
    id,
    state: row.state as VersionState,
    plugin: `${row.plugin.publisher}/${row.plugin.name}`,
    version,
    artifactSha256,
    manifest: Manifest.parse(row.manifest),
    envelope,
    countersignature,
    createdAt,
    keys: await trustedKeys(tx, row.organizationId),
  };
}
