/** From packages and advisories to what is wrong. It is pure: whoever calls it brings the advisories of the packages' names. */
import type { Advisory, BundledPackage, Finding, Severity } from '@paddock/contracts';
import { affects } from './affects.js';
import { severityOf } from './severity.js';

export interface AdvisoryMatch {
  readonly advisory: string;
  readonly severity: Severity;
  readonly summary: string;
  /** The packages that it is about, sorted. */
  readonly packages: BundledPackage[];
}

/** Those advisories that affect one of the packages, the gravest first. Withdrawn ones affect nothing. */
export function matchAdvisories(packages: readonly BundledPackage[], advisories: readonly Advisory[]): AdvisoryMatch[] {
  const matches = advisories.flatMap((advisory) => {
    const found = advisory.withdrawn ? [] : packages.filter((one) => affects(advisory.affected, one));
    const { id, summary } = advisory;
    return found.length === 0 ? [] : [{ advisory: id, severity: severityOf(advisory), summary, packages: found }];
  });
  return matches.sort((a, b) => rank(b) - rank(a) || (a.advisory < b.advisory ? -1 : 1));
}

const rank = ({ severity }: AdvisoryMatch): number => ['medium', 'high', 'critical'].indexOf(severity);

/** More of them are told as one. */
const MAX_FINDINGS = 200;

export function advisoryFindings(matches: readonly AdvisoryMatch[]): Finding[] {
  const findings = matches.slice(0, MAX_FINDINGS).map(({ advisory, severity, summary, packages }): Finding => {
    const names = packages.map(({ name, version }) => `${name}@${version}`).join(', ');
    const rule = severity === 'critical' ? 'malicious-package' : 'vulnerable-package';
    const message = `${advisory} is about ${names.slice(0, 400)}: ${summary}`.slice(0, 1000);
    return { rule, severity, message, file: packages[0]?.file ?? null, line: null, excerpt: null };
  });
  const left = matches.length - findings.length;
  if (left > 0)
    findings.push({
      rule: 'vulnerable-package',
      severity: 'high',
      message: `${left} more advisories are about its packages.`,
      ...{ file: null, line: null, excerpt: null },
    });
  return findings;
}
