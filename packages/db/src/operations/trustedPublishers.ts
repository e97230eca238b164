/** Identities that may sign for a publisher by Sigstore. */
import { type Actor, PaddockError, type RevokedTrustedPublisher, type TrustedPublisher } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { TrustedPublisher as Row } from '../generated/client.js';
import { iso, isoOrNull } from '../rows.js';
import type { Tx } from '../transaction.js';
import { type RevocationRow, revokedSince, withdrawVersions } from './signaturePolicy.js';

const toTrustedPublisher = ({
  id,
  name,
  issuer,
  identity,
  createdAt,
  revokedAt,
  revocationReason,
}: Row): TrustedPublisher => ({
  id,
  name,
  issuer,
  identity,
  createdAt: iso(createdAt),
  revokedAt: isoOrNull(revokedAt),
  revocationReason,
});

export async function createTrustedPublisher(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  { name, issuer, identity }: { name: string; issuer: string; identity: string },
): Promise<TrustedPublisher> {
  const row = await tx.trustedPublisher.create({ data: { id: uuidv7(), organizationId, name, issuer, identity } });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'trusted_publisher.created',
    subject: { type: 'trusted_publisher', id: row.id },
    data: { name, issuer, identity },
  });
  return toTrustedPublisher(row);
}

export async function listTrustedPublishers(tx: Tx): Promise<TrustedPublisher[]> {
  return (await tx.trustedPublisher.findMany({ orderBy: { id: 'asc' } })).map(toTrustedPublisher);
}

/** As `revokeSigningKey` does for a key. @throws PaddockError `not_found`; `invalid_request` for a time to come */
export async function revokeTrustedPublisher(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  id: string,
  { reason, since: asked }: RevocationRow,
): Promise<RevokedTrustedPublisher> {
  const since = revokedSince(asked);
  const { count } = await tx.trustedPublisher.updateMany({
    where: { id, OR: [{ revokedAt: null }, { revokedAt: { gt: since } }] },
    data: { revokedAt: since, revocationReason: reason },
  });
  const row = await tx.trustedPublisher.findUnique({ where: { id } });
  if (row === null) throw new PaddockError('not_found');
  if (count === 0) return { ...toTrustedPublisher(row), withdrawnVersions: [] };
  const { issuer, identity } = row;
  const lost = { type: 'sigstore', issuer, identity } as const;
  const withdrawnVersions = await withdrawVersions(tx, organizationId, actor, lost, since);
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'trusted_publisher.revoked',
    subject: { type: 'trusted_publisher', id },
    data: { reason, since: iso(since), withdrawnVersions },
  });
  return { ...toTrustedPublisher(row), withdrawnVersions };
}
