/** Whose fault it is that a step throws: the platform's is tried again, the bundle's is a finding. */
import { type Finding, PaddockError } from '@paddock/contracts';

export const isOurs = (error: unknown): boolean =>
  !(error instanceof PaddockError) || error.retry || error.status >= 500;

/** A fault that the bundle itself is to blame for, as a finding that rejects it. */
export function asFinding(error: unknown): Finding {
  const { code, message, issues } = error as PaddockError;
  const where = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  return {
    rule: code,
    severity: 'critical',
    message: [message, where].filter(Boolean).join(' ').slice(0, 1000),
    file: null,
    line: null,
    excerpt: null,
  };
}
