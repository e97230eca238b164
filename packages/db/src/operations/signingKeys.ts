/** A publisher's signing keys. A key's id is derived from its bytes, so a key belongs to one organization only. */
import { type Actor, PaddockError, type SigningKey, type TrustedKey } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { SigningKey as SigningKeyRow } from '../generated/client.js';
import { iso, isoOrNull, isUniqueViolation } from '../rows.js';
import type { Tx } from '../transaction.js';

const toSigningKey = (row: SigningKeyRow): SigningKey => ({
  keyId: row.keyId,
  name: row.name,
  publicKey: row.publicKey,
  validFrom: iso(row.validFrom),
  validUntil: isoOrNull(row.validUntil),
  revokedAt: isoOrNull(row.revokedAt),
});

export interface NewSigningKeyRow {
  keyId: string;
  name: string;
  publicKey: string;
  validUntil?: string | undefined;
}

/** @throws PaddockError `name_taken` when the key is registered, here or by another organization. */
export async function createSigningKey(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  key: NewSigningKeyRow,
): Promise<SigningKey> {
  const row = await tx.signingKey
    .create({
      data: {
        keyId: key.keyId,
        organizationId,
        name: key.name,
        publicKey: key.publicKey,
        validUntil: key.validUntil ?? null,
      },
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new PaddockError('name_taken', 'That key is registered already.') : error;
    });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'signing_key.created',
    subject: { type: 'signing_key', id: key.keyId },
    data: { name: key.name },
  });
  return toSigningKey(row);
}

export async function listSigningKeys(tx: Tx): Promise<SigningKey[]> {
  return (await tx.signingKey.findMany({ orderBy: [{ validFrom: 'asc' }, { keyId: 'asc' }] })).map(toSigningKey);
}

/** Every key that `organizationId` ever registered, as trust for a verification; the verification itself looks at the times. */
export async function trustedKeys(tx: Tx, organizationId: string): Promise<TrustedKey[]> {
  const rows = await tx.signingKey.findMany({ where: { organizationId } });
  return rows.map(toSigningKey).map(({ name: _name, ...key }) => key);
}

/** @throws PaddockError `not_found` */
export async function revokeSigningKey(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  keyId: string,
): Promise<SigningKey> {
  const { count } = await tx.signingKey.updateMany({
    where: { keyId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  const row = await tx.signingKey.findUnique({ where: { keyId } });
  if (row === null) throw new PaddockError('not_found');
  if (count > 0) {
    await writeAudit(tx, {
      organizationId,
      actor,
      event: 'signing_key.revoked',
      subject: { type: 'signing_key', id: keyId },
    });
  }
  return toSigningKey(row);
}
