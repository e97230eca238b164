/** What is new in a version beside another one: its files by digest, its manifest field by field. */
import { isDeepStrictEqual } from 'node:util';
import type { BundleFile, Manifest, VersionDifference } from '@paddock/contracts';

export interface Comparable {
  readonly files: readonly BundleFile[];
  readonly manifest: Manifest;
}

/** @param before null when there is nothing to compare with: then everything is new. */
export function differenceOf(
  before: Comparable | null,
  after: Comparable,
): Pick<VersionDifference, 'files' | 'manifest'> {
  return {
    files: pairs(byPath(before?.files ?? []), byPath(after.files)).map((pair) => ({ path: pair.key, ...rest(pair) })),
    manifest: pairs(fieldsOf(before?.manifest), fieldsOf(after.manifest)).map((pair) => ({
      field: pair.key,
      ...rest(pair),
    })),
  };
}

interface Pair<T> {
  key: string;
  before: T | null;
  after: T | null;
}
const rest = <T>({ before, after }: Pair<T>) => ({ before, after });

/** What differs, in the order of its keys. */
function pairs<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Pair<T>[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }))
    .filter((pair) => !isDeepStrictEqual(pair.before, pair.after));
}

const byPath = (files: readonly BundleFile[]) => new Map(files.map(({ path, ...file }) => [path, file]));

/** A manifest in pieces that a person can judge: each capability, each limit, each tool, and what is left. */
function fieldsOf(manifest: Manifest | undefined): Map<string, unknown> {
  if (manifest === undefined) return new Map();
  // Another version is what is looked at, so that it differs is no news.
  const { capabilities, limits, tools, version: _, ...others } = manifest;
  return new Map<string, unknown>([
    ...Object.entries(others),
    ...Object.entries(capabilities).map(([name, value]) => [`capabilities.${name}`, value] as const),
    ...Object.entries(limits).map(([name, value]) => [`limits.${name}`, value] as const),
    ...tools.map((tool) => [`tools.${tool.name}`, tool] as const),
  ]);
}
