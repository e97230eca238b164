/** A publisher's signing keys. A key's id is derived from its bytes, so a key belongs to one organization only. */
import { type Actor, PaddockError, type RevokedSigningKey, type SigningKey } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { SigningKey as SigningKeyRow } from '../generated/client.js';
import { iso, isoOrNull, isUniqueViolation } from '../rows.js';
import type { Tx } from '../transaction.js';
import { type RevocationRow, revokedSince, withdrawVersions } from './signaturePolicy.js';

const toSigningKey = (row: SigningKeyRow): SigningKey => ({
  keyId: row.keyId,
  name: row.name,
  publicKey: row.publicKey,
  validFrom: iso(row.validFrom),
  validUntil: isoOrNull(row.validUntil),
  revokedAt: isoOrNull(row.revokedAt),
  revocationReason: row.revocationReason,
});

export interface NewSigningKeyRow {
  keyId: string;
  name: string;
  publicKey: string;
  validFrom?: string | undefined;
  validUntil?: string | undefined;
}

/** @throws PaddockError `name_taken` when the key is registered, here or by another organization. */
export async function createSigningKey(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  { keyId, name, publicKey, validFrom, validUntil }: NewSigningKeyRow,
): Promise<SigningKey> {
  const row = await tx.signingKey
    .create({
      data: {
        keyId,
        organizationId,
        name,
        publicKey,
        ...(validFrom === undefined ? {} : { validFrom }),
        validUntil: validUntil ?? null,
      },
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new PaddockError('name_taken', 'That key is registered already.') : error;
    });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'signing_key.created',
    subject: { type: 'signing_key', id: keyId },
    data: { name, validFrom: iso(row.validFrom), validUntil: isoOrNull(row.validUntil) },
  });
  return toSigningKey(row);
}

export async function listSigningKeys(tx: Tx): Promise<SigningKey[]> {
  return (await tx.signingKey.findMany({ orderBy: [{ validFrom: 'asc' }, { keyId: 'asc' }] })).map(toSigningKey);
}

/**
 * Revokes a key since a time, which a later call can only move further back. What the registry first saw from then on, and
 * what has too few other signatures, goes with it: what is published is revoked, the rest rejected.
 *
 * @throws PaddockError `not_found`; `invalid_request` for a time to come
 */
export async function revokeSigningKey(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  keyId: string,
  { reason, since: asked }: RevocationRow,
): Promise<RevokedSigningKey> {
  const since = revokedSince(asked);
  const { count } = await tx.signingKey.updateMany({
    where: { keyId, OR: [{ revokedAt: null }, { revokedAt: { gt: since } }] },
    data: { revokedAt: since, revocationReason: reason },
  });
  const row = await tx.signingKey.findUnique({ where: { keyId } });
  if (row === null) throw new PaddockError('not_found');
  if (count === 0) return { ...toSigningKey(row), withdrawnVersions: [] };
  const withdrawnVersions = await withdrawVersions(tx, organizationId, actor, { type: 'key', keyId }, since);
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'signing_key.revoked',
    subject: { type: 'signing_key', id: keyId },
    data: { reason, since: iso(since), withdrawnVersions },
  });
  return { ...toSigningKey(row), withdrawnVersions };
}
