/**
 * Where a version stands beside those of its plugin that were published. A signature says who made the bytes, not when: one
 * that lies behind may be an old upload, put to use again, and one far ahead keeps every later version out of sight.
 */
import type { Finding } from '@paddock/contracts';
import semver from 'semver';

/** @param released the plugin's versions that were ever published. */
export function checkOrder(version: string, released: readonly string[]): Finding[] {
  const newest = newestOf(released);
  if (newest === undefined) return [];
  const sameLine = newestOf(released.filter((other) => semver.major(other) === semver.major(version)));
  const ahead = sameLine ?? newest;
  if (semver.lt(version, ahead)) return [finding('version-behind', `${ahead} was published before it.`)];
  return semver.major(version) > semver.major(newest) + 1
    ? [finding('version-jump', `The newest version before it is ${newest}.`)]
    : [];
}

const newestOf = (versions: readonly string[]): string | undefined => [...versions].sort(semver.rcompare)[0];

function finding(rule: 'version-behind' | 'version-jump', message: string): Finding {
  return { rule, severity: 'high', message, file: null, line: null, excerpt: null };
}
