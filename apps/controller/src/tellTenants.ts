/** Tells tenants what became of the versions that they have installed, and upgrades the installs that are to be. */
import type { Actor } from '@paddock/contracts';
import type { Database } from '@paddock/db';

const BATCH = 500;

/** @returns how many notices were written and installs upgraded. */
export async function tellTenants(db: Database, actor: Actor): Promise<number> {
  const told = await db.system.writeNotices(BATCH);
  return told + (await db.system.upgradeInstalls(actor, BATCH));
}
