/** Whose signatures a publisher's versions need, and what becomes of versions whose signers are not trusted any more. */
import { type Actor, PaddockError, type Signer, type TrustedIdentity, type TrustedKey } from '@paddock/contracts';
import { iso, isoOrNull } from '../rows.js';
import type { Tx } from '../transaction.js';
import { decideVersion } from './decideVersion.js';

export interface SignaturePolicy {
  keys: TrustedKey[];
  /** Those that may sign by Sigstore. */
  identities: TrustedIdentity[];
  /** How many of them it takes. */
  threshold: number;
}

/** Every key and identity that `organizationId` ever registered; a verification itself looks at their times. */
export async function trustedSigners(
  tx: Tx,
  organizationId: string,
): Promise<Pick<SignaturePolicy, 'keys' | 'identities'>> {
  const keys = await tx.signingKey.findMany({ where: { organizationId } });
  const identities = await tx.trustedPublisher.findMany({ where: { organizationId } });
  return {
    keys: keys.map(({ keyId, publicKey, validFrom, validUntil, revokedAt }) => ({
      keyId,
      publicKey,
      validFrom: iso(validFrom),
      validUntil: isoOrNull(validUntil),
      revokedAt: isoOrNull(revokedAt),
    })),
    identities: identities.map(({ issuer, identity, createdAt, revokedAt }) => ({
      issuer,
      identity,
      validFrom: iso(createdAt),
      revokedAt: isoOrNull(revokedAt),
    })),
  };
}

/** Whose signatures an upload of `organizationId` needs now. */
export async function signaturePolicy(tx: Tx, organizationId: string): Promise<SignaturePolicy> {
  const { signatureThreshold } = await tx.organization.findUniqueOrThrow({ where: { id: organizationId } });
  return { ...(await trustedSigners(tx, organizationId)), threshold: signatureThreshold };
}

export interface RevocationRow {
  reason: string;
  /** Now unless given. */
  since?: string | undefined;
}

/** @throws PaddockError `invalid_request` for a time to come */
export function revokedSince(asked: string | undefined): Date {
  const now = new Date();
  const since = asked === undefined ? now : new Date(asked);
  if (since > now) throw new PaddockError('invalid_request', 'Nothing can be revoked since a time to come.');
  return since;
}

/**
 * Withdraws what the registry first saw since then, if `lost` signed it and too few others who stand did: what is published is
 * revoked, the rest rejected.
 * @returns their ids
 */
export async function withdrawVersions(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  lost: Signer,
  since: Date,
): Promise<string[]> {
  const trusted = await trustedSigners(tx, organizationId);
  // Held until the end, so that none of them changes its state on the way.
  await tx.$queryRaw`
    SELECT id FROM versions WHERE organization_id = ${organizationId}::uuid AND created_at >= ${since} FOR UPDATE`;
  const candidates = await tx.version.findMany({
    where: {
      organizationId,
      createdAt: { gte: since },
      state: { notIn: ['rejected', 'revoked'] },
      signers: { array_contains: [lost] },
    },
    select: { id: true, state: true, signers: true, requiredSignatures: true, createdAt: true },
    orderBy: { id: 'asc' },
  });
  const withdrawn = candidates.filter(
    ({ signers, requiredSignatures, createdAt }) =>
      (signers as Signer[]).filter((signer) => stands(signer, trusted, createdAt)).length < requiredSignatures,
  );
  for (const { id, state } of withdrawn) {
    const isOut = state === 'published' || state === 'yanked';
    await decideVersion(tx, actor, id, {
      to: isOut ? 'revoked' : 'rejected',
      from: isOut ? ['published', 'yanked'] : ['verifying', 'accepted', 'review'],
      by: 'publisher',
      reason: 'Who signed it was revoked since before the registry saw it.',
    });
  }
  return withdrawn.map(({ id }) => id);
}

/** Whether a signer was not revoked when the registry first saw what it signed. */
function stands(signer: Signer, { keys, identities }: Pick<SignaturePolicy, 'keys' | 'identities'>, seenAt: Date) {
  const entries =
    signer.type === 'key'
      ? keys.filter(({ keyId }) => keyId === signer.keyId)
      : identities.filter(({ issuer, identity }) => issuer === signer.issuer && identity === signer.identity);
  return entries.some(({ revokedAt }) => revokedAt === null || seenAt < new Date(revokedAt));
}
