/** A version as whoever asks may see it: its publisher and platform organizations in every state, all others once published. */
import type { Version } from '@paddock/contracts';
import type { Principal } from '@paddock/db';
import type { ApiContext } from './context.js';

/** @throws PaddockError `not_found` */
export function visibleVersion(
  { db }: Pick<ApiContext, 'db'>,
  { organization }: Principal,
  id: string,
): Promise<Version> {
  return (organization.platform ? db.system : db.forTenant(organization.id)).getVersion(id);
}
