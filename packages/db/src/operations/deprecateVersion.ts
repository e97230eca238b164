/** What is said of a version with which nobody should begin any more. It goes on running, and can be installed. */
import {
  type Actor,
  type Deprecation,
  PaddockError,
  type Side,
  type Version,
  type VersionState,
} from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Tx } from '../transaction.js';
import { getPlugin } from './catalogue.js';
import { getVersion, toVersion, versionInclude } from './versions.js';

const DEPRECABLE: VersionState[] = ['published', 'yanked'];

/**
 * Says it, or takes it back with null. To take back what isn't said changes nothing.
 *
 * @throws PaddockError `not_found` (also of a replacement that is not published), `conflict` (it is not published),
 *   `not_allowed` (what an admin said, its publisher does not change)
 */
export async function deprecateVersion(
  tx: Tx,
  actor: Actor,
  id: string,
  { by, said }: { by: Side; said: { message: string; replacement?: string | undefined } | null },
): Promise<Version> {
  const before = await getVersion(tx, id);
  if (before.deprecation === null && said === null) return before;
  if (before.deprecation?.by === 'admin' && by === 'publisher')
    throw new PaddockError('not_allowed', 'An admin has deprecated it.');
  const replacement = said?.replacement ?? null;
  if (replacement !== null) await requirePublished(tx, replacement);
  const deprecation: Deprecation | null =
    said === null ? null : { message: said.message, replacement, by, at: new Date().toISOString() };
  const { count } = await tx.version.updateMany({
    where: { id, state: { in: DEPRECABLE } },
    data: { deprecation: deprecation ?? Prisma.DbNull },
  });
  if (count === 0) throw new PaddockError('conflict', `It is ${before.state}.`);
  const row = await tx.version.findUniqueOrThrow({ where: { id }, include: versionInclude });
  const version = toVersion(row);
  await writeAudit(tx, {
    organizationId: row.organizationId,
    actor,
    event: deprecation === null ? 'version.undeprecated' : 'version.deprecated',
    subject: { type: 'version', id },
    data: {
      ...{ plugin: version.plugin, version: version.version, by },
      ...(deprecation === null ? {} : { message: deprecation.message, replacement }),
    },
  });
  return version;
}

async function requirePublished(tx: Tx, reference: string): Promise<void> {
  const [plugin = '', version] = reference.split('@');
  await getPlugin(tx, plugin, version);
}
