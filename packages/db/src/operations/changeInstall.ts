/** What a tenant changes of an install: its version, and how it is upgraded. Grants, limits, secrets and keys stay as they are. */
import {
  type Actor,
  type Install,
  type IsolationLevel,
  PaddockError,
  strictestIsolation,
  type UpgradePolicy,
  undeclaredGrants,
} from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Tx } from '../transaction.js';
import { getPlugin } from './catalogue.js';
import { getInstall } from './installs.js';

export interface InstallChange {
  version?: string | undefined;
  upgradePolicy?: UpgradePolicy | undefined;
}

/**
 * A version that asks for anything that the present one does not ask for is not taken: nobody was asked about it.
 *
 * @throws PaddockError `not_found` (also of a version that is not published), `version_asks_more`, `conflict` (it was
 *   changed meanwhile)
 */
export async function changeInstall(
  tx: Tx,
  organizationId: string,
  actor: Actor,
  id: string,
  change: InstallChange,
): Promise<Install> {
  const before = await getInstall(tx, id);
  const target =
    change.version === undefined || change.version === before.version
      ? null
      : await targetOf(tx, before, change.version);
  const upgradePolicy = change.upgradePolicy ?? before.upgradePolicy;
  if (target === null && upgradePolicy === before.upgradePolicy) return before;
  const { count } = await tx.install.updateMany({
    where: { id, removedAt: null, versionId: before.versionId },
    data: { upgradePolicy, ...target },
  });
  if (count === 0) throw new PaddockError('conflict', 'Its version was changed meanwhile.');
  const after = await getInstall(tx, id);
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'install.changed',
    subject: { type: 'install', id },
    data: {
      plugin: after.plugin,
      upgradePolicy,
      ...(target === null ? {} : { from: before.version, to: after.version, versionId: after.versionId }),
    },
  });
  return after;
}

async function targetOf(
  tx: Tx,
  { plugin, declared, minIsolation }: Install,
  version: string,
): Promise<{ versionId: string; minIsolation: IsolationLevel }> {
  const { manifest, versionId } = await getPlugin(tx, plugin, version);
  const more = undeclaredGrants(declared, manifest.capabilities);
  if (more.length > 0) throw new PaddockError('version_asks_more', more.join(', '));
  return { versionId, minIsolation: strictestIsolation(manifest.minIsolation, minIsolation) };
}
