/** Holds new advisories against what is published. What was accepted once may hold what is known to be bad today. */
import type { Actor, BundledPackage } from '@paddock/contracts';
import type { AdvisoryToMatch, Database } from '@paddock/db';
import { matchAdvisories } from '@paddock/verification';

const BATCH = 50;

/** @returns how many versions were flagged that had not been. */
export async function flagVersions(db: Database, actor: Actor): Promise<number> {
  let count = 0;
  for (const matched of await db.system.listAdvisoriesToMatch(BATCH)) {
    const versionIds = [...new Set(matched.packages.map(({ versionId }) => versionId))];
    const flagged = versionIds.flatMap((versionId) =>
      matchAdvisories(packagesOf(matched, versionId), [matched.advisory]).map((match) => ({ ...match, versionId })),
    );
    count += await db.system.flagVersions(actor, matched, flagged);
  }
  return count;
}

const packagesOf = ({ packages }: AdvisoryToMatch, versionId: string): BundledPackage[] =>
  packages
    .filter((one) => one.versionId === versionId)
    .map(({ ecosystem, name, version, file }) => ({ ecosystem, name, version, file }));
