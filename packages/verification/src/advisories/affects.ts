/** Whether an advisory is about a package, by the rules of the OSV schema's evaluation. */
import type { AffectedPackage, BundledPackage, Ecosystem } from '@paddock/contracts';
import { compareVersions } from './versionOrder.js';

type Package = Pick<BundledPackage, 'ecosystem' | 'name' | 'version'>;
type Event = AffectedPackage['ranges'][number]['events'][number];

/** A version that can't be ordered is in no range but one that holds every version. */
export function affects(affected: readonly AffectedPackage[], one: Package): boolean {
  return affected.some(
    ({ ecosystem, name, ranges, versions }) =>
      ecosystem === one.ecosystem &&
      name === one.name &&
      (versions.some((listed) => isSame(ecosystem, listed, one.version)) ||
        ranges.some(({ events }) => isWithin(ecosystem, events, one.version))),
  );
}

const isSame = (ecosystem: Ecosystem, a: string, b: string): boolean =>
  a === b || compareVersions(ecosystem, a, b) === 0;

/** Before every version there is. */
const START = '0';

function isWithin(ecosystem: Ecosystem, events: readonly Event[], version: string): boolean {
  const compare = (other: string): number | null => (other === START ? 1 : compareVersions(ecosystem, version, other));
  const limits = events.flatMap(({ limit }) => limit ?? []);
  if (limits.length > 0 && !limits.some((limit) => limit === '*' || (compare(limit) ?? 1) < 0)) return false;
  let within = false;
  for (const { introduced, fixed, last_affected: last } of inOrder(ecosystem, events)) {
    if (introduced !== undefined && (compare(introduced) ?? -1) >= 0) within = true;
    if (fixed !== undefined && (compare(fixed) ?? -1) >= 0) within = false;
    if (last !== undefined && (compare(last) ?? -1) > 0) within = false;
  }
  return within;
}

/** By version; of the same version, the end of a range before the beginning of the next, as OSV's own order has it. */
function inOrder(ecosystem: Ecosystem, events: readonly Event[]): Event[] {
  const at = ({ introduced, fixed, last_affected }: Event) => introduced ?? fixed ?? last_affected ?? START;
  const order = (a: string, b: string) => {
    if (a === b) return 0;
    if (a === START || b === START) return a === START ? -1 : 1;
    return compareVersions(ecosystem, a, b) ?? 0;
  };
  return [...events].sort((a, b) => order(at(a), at(b)));
}
