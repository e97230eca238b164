/** Organizations: made with their first owner's key. */
import { type Actor, type ApiKeyWithSecret, type Organization, PaddockError } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
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
  return { organization: { id, slug, displayName, platform, createdAt: iso(row.createdAt) }, apiKey };
}
