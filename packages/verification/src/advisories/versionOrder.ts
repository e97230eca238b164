/** How each ecosystem orders its versions. */
import type { Ecosystem } from '@paddock/contracts';
import { compare as comparePep440, valid as validPep440 } from '@renovatebot/pep440';
import semver from 'semver';

/** @returns a number below, at or above 0; null when one of them is no version of the ecosystem. */
export function compareVersions(ecosystem: Ecosystem, a: string, b: string): number | null {
  if (ecosystem === 'PyPI') return validPep440(a) && validPep440(b) ? comparePep440(a, b) : null;
  const [left, right] = [a, b].map((version) => semver.parse(semverOf(ecosystem, version), { loose: true }));
  return left && right ? semver.compare(left, right) : null;
}

/** Go writes a `v` before each version, which advisories leave out. */
const semverOf = (ecosystem: Ecosystem, version: string): string =>
  ecosystem === 'Go' ? version.replace(/^v/, '') : version;
