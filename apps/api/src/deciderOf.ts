/** Who decides upon a version: its publisher, through its own door, or a platform admin, through the system's. */
import { PaddockError, type Side } from '@paddock/contracts';
import type { Principal, SystemDoor, TenantDoor } from '@paddock/db';
import type { ApiContext } from './context.js';

export interface Decider {
  readonly by: Side;
  readonly door: Pick<
    TenantDoor & SystemDoor,
    'getVersion' | 'decideVersion' | 'deprecateVersion' | 'postMessage' | 'listMessages'
  >;
}

/** A platform organization is the publisher of its own versions, and no admin of them. @throws PaddockError `not_found` */
export async function deciderOf(
  { db }: Pick<ApiContext, 'db'>,
  { organization }: Principal,
  versionId: string,
): Promise<Decider> {
  const own = db.forTenant(organization.id);
  if (await own.ownsVersion(versionId)) return { by: 'publisher', door: own };
  if (!organization.platform) throw new PaddockError('not_found');
  return { by: 'admin', door: db.system };
}
