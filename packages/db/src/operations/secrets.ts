/** Secrets of installs, sealed. What is sealed in them nobody here can tell, and a tenant's role can't even read it. */
import { type Actor, HOST_LIMITS, PaddockError, type Secret } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Query } from '../query.js';
import { iso } from '../rows.js';
import type { Tx } from '../transaction.js';

export interface SealedSecretRow {
  installId: string;
  name: string;
  keyId: string;
  sealed: Uint8Array<ArrayBuffer>;
}

/** @throws PaddockError `not_found`, `conflict` (the install has too many) */
export async function setSecret(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  { installId, name, keyId, sealed }: SealedSecretRow,
): Promise<void> {
  await requireInstall(tx, installId);
  const others = await tx.secret.count({ where: { installId, name: { not: name } } });
  if (others >= HOST_LIMITS.secretsOfInstall)
    throw new PaddockError('conflict', `An install has ${HOST_LIMITS.secretsOfInstall} secrets at most.`);
  // Not `excluded`: that would be reading the column, which a tenant may not.
  await tx.$executeRaw`
    INSERT INTO secrets (install_id, name, organization_id, key_id, sealed)
    VALUES (${installId}::uuid, ${name}, ${organizationId}::uuid, ${keyId}, ${sealed})
    ON CONFLICT (install_id, name) DO UPDATE SET key_id = ${keyId}, sealed = ${sealed}, set_at = now()`;
  await writeAudit(tx, { organizationId, actor, event: 'secret.set', subject: subject(installId), data: { name } });
}

/** @throws PaddockError `not_found` */
export async function removeSecret(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  installId: string,
  name: string,
): Promise<void> {
  const count = await tx.$executeRaw`DELETE FROM secrets WHERE install_id = ${installId}::uuid AND name = ${name}`;
  if (count === 0) throw new PaddockError('not_found');
  await writeAudit(tx, { organizationId, actor, event: 'secret.removed', subject: subject(installId), data: { name } });
}

/** By name. @throws PaddockError `not_found` */
export async function listSecrets(tx: Tx, installId: string): Promise<Secret[]> {
  await requireInstall(tx, installId);
  const rows = await tx.secret.findMany({
    where: { installId },
    select: { name: true, setAt: true },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ name, setAt }) => ({ name, setAt: iso(setAt) }));
}

/** As it is sealed; null when it has no value. */
export async function getSealedSecret(
  query: Query,
  { organizationId, installId, name }: { organizationId: string; installId: string; name: string },
): Promise<Pick<SealedSecretRow, 'keyId' | 'sealed'> | null> {
  const [row] = await query<Pick<SealedSecretRow, 'keyId' | 'sealed'>>(Prisma.sql`
    SELECT key_id AS "keyId", sealed FROM secrets
    WHERE install_id = ${installId}::uuid AND organization_id = ${organizationId}::uuid AND name = ${name}`);
  return row ?? null;
}

const subject = (id: string) => ({ type: 'install', id }) as const;

async function requireInstall(tx: Tx, id: string): Promise<void> {
  const rows: unknown[] =
    await tx.$queryRaw`SELECT 1 FROM installs WHERE id = ${id}::uuid AND removed_at IS NULL FOR NO KEY UPDATE`;
  if (rows.length === 0) throw new PaddockError('not_found');
}
