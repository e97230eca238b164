/** Organizations: made with their first owner's key, and what they set for themselves. */
import { type Actor, type ApiKeyWithSecret, type Organization, PaddockError } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Organization as Row } from '../generated/client.js';
import { iso, isUniqueViolation } from '../rows.js';
import type { Tx } from '../transaction.js';
import { createApiKey } from './apiKeys.js';

export interface NewOrganizationRow {
  slug: string;
  displayName: string;
  platform: boolean;
}

/** @throws PaddockError `name_taken` */
export async function createOrganization(
  tx: Tx,
  actor: Actor,
  { slug, displayName, platform }: NewOrganizationRow,
): Promise<{ organization: Organization; apiKey: ApiKeyWithSecret }> {
  const id = uuidv7();
  const row = await tx.organization.create({ data: { id, slug, displayName, platform } }).catch((error: unknown) => {
    throw isUniqueViolation(error)
      ? new PaddockError('name_taken', `There is an organization ${slug} already.`)
      : error;
  });
  await writeAudit(tx, {
    organizationId: id,
    actor,
    event: 'organization.created',
    subject: { type: 'organization', id },
    data: { slug, platform },
  });
  const apiKey = await createApiKey(tx, id, actor, { name: 'first owner', role: 'owner' });
  return { organization: toOrganization(row), apiKey };
}

/** @throws PaddockError `threshold_exceeds_keys` */
export async function changeOrganization(
  tx: Tx,
  id: string,
  actor: Actor,
  { signatureThreshold }: { signatureThreshold: number },
): Promise<Organization> {
  const now = new Date();
  const valid = await tx.signingKey.count({
    where: { revokedAt: null, validFrom: { lte: now }, OR: [{ validUntil: null }, { validUntil: { gt: now } }] },
  });
  // One is the least that there is, with or without a key.
  if (signatureThreshold > Math.max(valid, 1)) throw new PaddockError('threshold_exceeds_keys', `It has ${valid}.`);
  const before = await tx.organization.findUniqueOrThrow({ where: { id } });
  const row = await tx.organization.update({ where: { id }, data: { signatureThreshold } });
  if (before.signatureThreshold !== signatureThreshold)
    await writeAudit(tx, {
      organizationId: id,
      actor,
      event: 'organization.changed',
      subject: { type: 'organization', id },
      data: { signatureThreshold, before: before.signatureThreshold },
    });
  return toOrganization(row);
}

const toOrganization = ({ id, slug, displayName, platform, signatureThreshold, createdAt }: Row): Organization => ({
  id,
  slug,
  displayName,
  platform,
  signatureThreshold,
  createdAt: iso(createdAt),
});
