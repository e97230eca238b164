/** Names that are easily taken for another publisher's plugin. The catalogue is passed in. */
import type { Finding } from '@paddock/contracts';

export interface PluginInCatalogue {
  readonly publisher: string;
  readonly name: string;
  /** Organizations that have it installed. */
  readonly tenants: number;
}

/** Short names are near to each other by nature. */
const MIN_LENGTH = 5;
/** A plugin that as many organizations use is one that somebody may mean by its name alone. */
const MANY_TENANTS = 3;
const MAX_FINDINGS = 5;

/**
 * @param others plugins of other publishers.
 * @returns `look-alike-name` (high) where a name, or publisher and name together, look like another plugin's;
 *   `same-name` where just the publisher differs: high beside a plugin that many use, information beside any other.
 */
export function lookAlikeFindings(
  own: Omit<PluginInCatalogue, 'tenants'>,
  others: readonly PluginInCatalogue[],
): Finding[] {
  const findings = others.flatMap((other): Finding[] => {
    const full = `${other.publisher}/${other.name}`;
    const isSameName = own.name === other.name;
    if ((isSameName || looksLike(own.name, other.name)) && looksLike(own.publisher, other.publisher))
      return [finding('look-alike-name', 'high', `Publisher and name look like ${full}.`)];
    if (!isSameName)
      return looksLike(own.name, other.name)
        ? [finding('look-alike-name', 'high', `The name looks like ${full}.`)]
        : [];
    const severity = other.tenants >= MANY_TENANTS ? 'high' : 'info';
    return [finding('same-name', severity, `Another publisher has a plugin of this name: ${full}.`)];
  });
  return findings.sort((a, b) => Number(b.severity === 'high') - Number(a.severity === 'high')).slice(0, MAX_FINDINGS);
}

/** Whether two different names are one slip, or one glance, apart. */
export function looksLike(a: string, b: string): boolean {
  if (a === b) return false;
  if (skeleton(a) === skeleton(b)) return true;
  // A number that counts on makes another name, not a slip.
  if (Math.min(a.length, b.length) < MIN_LENGTH || withoutNumber(a) === withoutNumber(b)) return false;
  return isOneSlip(a, b);
}

/** What is left of a name at a glance. Names are of `a-z`, `0-9` and `-` alone, so no other script comes in. */
const skeleton = (name: string): string =>
  name
    .replaceAll('-', '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('5', 's');

const withoutNumber = (name: string): string => name.replace(/-?\d+$/, '');

/** One character more, less or other, or two neighbours in each other's place. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

const finding = (rule: string, severity: Finding['severity'], message: string): Finding => ({
  ...{ rule, severity, message },
  ...{ file: null, line: null, excerpt: null },
  suggestion: 'Choose a name that can’t be taken for another’s.',
});
