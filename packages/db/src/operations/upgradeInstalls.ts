/**
 * Installs that go to another version by themselves, as their tenants chose:
 *
 *   none        never
 *   fixes       when the version they stand at is flagged, yanked, revoked, or deprecated with a replacement
 *   compatible  whenever there is a newer one
 *
 * They go to the newest published version of the same plugin and major version that nothing speaks against and that asks for
 * nothing which the one that it leaves does not ask for. Grants are never widened, nothing goes back to an older version, and a tenant is told first
 * of what is wrong with the one that its install leaves.
 */
import type { Actor } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import { Prisma } from '../generated/client.js';
import type { Tx } from '../transaction.js';

interface Upgrade {
  installId: string;
  organizationId: string;
  plugin: string;
  fromId: string;
  from: string;
  toId: string;
  to: string;
  policy: string;
  /** What was wrong with the old one; `newer` when nothing was. */
  cause: string;
}

const isFlagged = (version: Prisma.Sql) => Prisma.sql`(
  EXISTS (SELECT 1 FROM version_advisories a WHERE a.version_id = ${version})
  OR EXISTS (SELECT 1 FROM rescans r WHERE r.version_id = ${version} AND r.flagged <> '[]'))`;

/** Major, minor and patch, as an array that compares as they do. */
const numbers = (version: Prisma.Sql) => Prisma.sql`string_to_array(split_part(${version}, '-', 1), '.')::numeric[]`;

const OLD = Prisma.sql`v.version`;
const NEW = Prisma.sql`n.version`;

/** @returns how many installs were upgraded. */
export async function upgradeInstalls(tx: Tx, actor: Actor, limit: number): Promise<number> {
  const upgrades = await tx.$queryRaw<Upgrade[]>`
    WITH due AS (
      SELECT i.id, i.organization_id, v.manifest->'capabilities' AS declared, i.upgrade_policy, v.id AS version_id, v.plugin_id, v.version,
             CASE WHEN v.state IN ('yanked', 'revoked') THEN v.state
                  WHEN ${isFlagged(Prisma.sql`v.id`)} THEN 'flagged'
                  WHEN v.deprecation->>'replacement' IS NOT NULL THEN 'deprecated'
                  ELSE 'newer' END AS cause
      FROM installs i JOIN versions v ON v.id = i.version_id
      WHERE i.upgrade_policy <> 'none' AND i.removed_at IS NULL)
    SELECT DISTINCT ON (v.id) v.id AS "installId", v.organization_id AS "organizationId", p.publisher || '/' || p.name AS plugin,
           v.version_id AS "fromId", v.version AS "from", n.id AS "toId", n.version AS "to", v.upgrade_policy AS policy, v.cause
    FROM due v JOIN plugins p ON p.id = v.plugin_id JOIN versions n ON n.plugin_id = v.plugin_id
    WHERE CASE v.cause WHEN 'newer' THEN v.upgrade_policy = 'compatible' ELSE EXISTS (
            SELECT 1 FROM notices t WHERE t.install_id = v.id AND t.version_id = v.version_id AND t.kind = v.cause) END
      AND n.state = 'published' AND n.deprecation IS NULL AND n.version NOT LIKE '%-%' AND NOT ${isFlagged(Prisma.sql`n.id`)}
      AND split_part(${NEW}, '.', 1) = split_part(${OLD}, '.', 1)
      AND (${numbers(NEW)} > ${numbers(OLD)} OR (${numbers(NEW)} = ${numbers(OLD)} AND ${OLD} LIKE '%-%'))
      AND v.declared @> (n.manifest->'capabilities')
    ORDER BY v.id, ${numbers(NEW)} DESC
    LIMIT ${limit}`;
  let count = 0;
  for (const upgrade of upgrades) count += (await apply(tx, actor, upgrade)) ? 1 : 0;
  return count;
}

/** False when the install or the new version is not as it was seen any more. */
async function apply(tx: Tx, actor: Actor, upgrade: Upgrade): Promise<boolean> {
  const { installId, organizationId, plugin, fromId, from, toId, to, policy, cause } = upgrade;
  const changed = await tx.$executeRaw`
    UPDATE installs i SET version_id = n.id, min_isolation = greatest(i.min_isolation, n.manifest->>'minIsolation')
    FROM versions n
    WHERE i.id = ${installId}::uuid AND i.version_id = ${fromId}::uuid AND i.upgrade_policy = ${policy} AND i.removed_at IS NULL
      AND n.id = ${toId}::uuid AND n.state = 'published'`;
  if (changed === 0) return false;
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'install.upgraded',
    subject: { type: 'install', id: installId },
    data: { plugin, from, to, versionId: toId, upgradePolicy: policy, cause },
  });
  const reason = `From ${from}, ${cause === 'newer' ? 'as this one is newer' : `which was ${cause}`}.`;
  const about = new Date().toISOString();
  await tx.notice.create({
    data: { id: uuidv7(), organizationId, installId, versionId: toId, kind: 'upgraded', about, reason },
  });
  return true;
}
