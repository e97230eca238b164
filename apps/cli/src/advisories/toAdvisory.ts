/** From an OSV record to as much of it as Paddock keeps. */
import { Advisory, Ecosystem, normalizedName } from '@paddock/contracts';
import { z } from 'zod';

const Text = z.string().catch('');
const Range = z.object({ type: z.string(), events: z.array(z.record(z.string(), z.unknown())).default([]) });
const Affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
  ranges: z.array(Range).nullish(),
  versions: z.array(z.string()).nullish(),
});
const Osv = z.object({
  id: z.string(),
  withdrawn: z.string().nullish(),
  summary: Text,
  details: Text,
  severity: z.array(z.object({ score: z.string() })).nullish(),
  database_specific: z
    .object({ severity: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  affected: z.array(Affected).nullish(),
});

/** @returns null for a record about none of the ecosystems that bundles hold. @throws when it is no OSV record. */
export function toAdvisory(text: string): Advisory | null {
  const { id, withdrawn, summary, details, severity, database_specific, affected } = Osv.parse(JSON.parse(text));
  const ours = (affected ?? []).flatMap(({ package: named, ranges, versions }) => {
    const ecosystem = Ecosystem.safeParse(named?.ecosystem);
    if (named === undefined || !ecosystem.success) return [];
    // Ranges of commits are about repositories, not about versions.
    const kept = (ranges ?? []).filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM');
    const name = normalizedName(ecosystem.data, named.name);
    return [
      { ecosystem: ecosystem.data, name, ranges: kept.map(({ events }) => ({ events })), versions: versions ?? [] },
    ];
  });
  if (ours.length === 0 && !withdrawn) return null;
  return Advisory.parse({
    id,
    summary: (summary || details.split('\n', 1)[0] || id).slice(0, 500),
    vectors: (severity ?? []).map(({ score }) => score).slice(0, 10),
    rating: database_specific?.severity ?? null,
    withdrawn: Boolean(withdrawn),
    affected: ours,
  });
}
