/**
 * The rules about what stands together. One ability says little: honest code opens connections, starts programs and reads
 * files. What gives malware away is what it joins.
 */
import type { Finding } from '@paddock/contracts';
import type { Rule } from './rules/defineRule.js';
import { findingOf, type Hit } from './scanFile.js';

/** In a file of up to so many characters, everything is close: nobody bundled anything into it. */
const SHORT_FILE = 24 * 1024;
/** So are all files together, where a bundle's code is no more than this. */
const SHORT_BUNDLE = 64 * 1024;
/** Elsewhere, what is no further apart than this, in characters. */
const WINDOW = 2500;
/** A plugin's own code, without a library in it, in characters. */
const OWN_CODE = 16 * 1024;
const MAX_PER_FILE = 3;

export interface HitsOfFile {
  readonly path: string;
  /** Of the code, in characters or bytes. */
  readonly length: number;
  readonly hits: readonly Hit[];
}

/** @returns findings of the rules that are met, each where the first thing of its first list stands */
export function scanTogether(files: readonly HitsOfFile[], rules: readonly Rule[]): Finding[] {
  const length = files.reduce((sum, file) => sum + file.length, 0);
  const isShort = length <= SHORT_BUNDLE;
  return rules.flatMap((rule) => {
    const { match } = rule;
    if (match.on !== 'near' || (match.isShort && length > OWN_CODE)) return [];
    const candidates = files.filter(({ path }) => match.file?.test(path) ?? true);
    const within = candidates.flatMap((file) =>
      closest(match.all, file, match.within)
        .slice(0, MAX_PER_FILE)
        .map((hit) => findingOf(rule, file.path, hit)),
    );
    if (within.length > 0 || !isShort || match.file !== undefined || match.within !== undefined) return within;
    const first = files.flatMap(({ path, hits }) => hits.map((hit) => ({ path, hit })));
    const met = match.all.every((ids) => first.some(({ hit }) => ids.includes(hit.rule.id)));
    const at = first.find(({ hit }) => match.all[0]?.includes(hit.rule.id));
    return met && at !== undefined ? [findingOf(rule, at.path, at.hit)] : [];
  });
}

/** Hits of the first list near which there is one of every other. */
function closest(all: readonly (readonly string[])[], { hits, length }: HitsOfFile, within?: number): Hit[] {
  const lists = all.map((ids) => hits.filter(({ rule }) => ids.includes(rule.id)).sort((a, b) => a.offset - b.offset));
  const [first = [], ...others] = lists;
  if (lists.some((list) => list.length === 0)) return [];
  const reach = within ?? (length <= SHORT_FILE ? Number.POSITIVE_INFINITY : WINDOW);
  const lines = new Set<number | null>();
  return first.filter((hit) => {
    if (lines.has(hit.line)) return false;
    const isMet = others.every((list) => list.some(({ offset }) => Math.abs(offset - hit.offset) <= reach));
    if (isMet) lines.add(hit.line);
    return isMet;
  });
}
