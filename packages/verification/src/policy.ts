/** From findings to a verdict. The policy is the table; changing a rule's weight is changing its severity, never this code. */
import { type Finding, type Severity, VERDICTS, type Verdict } from '@paddock/contracts';

/** What the worst finding means for a version. */
export const VERDICT_FOR: Readonly<Record<Severity, Verdict>> = {
  info: 'accepted',
  low: 'accepted',
  medium: 'accepted',
  high: 'review',
  critical: 'rejected',
};

/** The worst verdict that any finding calls for; without findings, `accepted`. VERDICTS is in order, mildest first. */
export function decide(findings: readonly Pick<Finding, 'severity'>[]): Verdict {
  const rank = findings.reduce((worst, { severity }) => Math.max(worst, VERDICTS.indexOf(VERDICT_FOR[severity])), 0);
  return VERDICTS[rank] ?? 'rejected';
}
