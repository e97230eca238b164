/** How much an advisory weighs. */
import type { Advisory, Severity } from '@paddock/contracts';
import cvss from 'ae-cvss-calculator';

const CRITICAL_SCORE = 9;

/**
 * Malware rejects a version. A vulnerability does not: a plugin's code gets hostile input in any case, and the sandbox stands
 * around it. One of the gravest (CVSS 9 or above, or by its database's own word) asks for a person.
 */
export function severityOf({ id, vectors, rating }: Pick<Advisory, 'id' | 'vectors' | 'rating'>): Severity {
  if (id.startsWith('MAL-')) return 'critical';
  const isGrave = rating?.toUpperCase() === 'CRITICAL' || vectors.some((vector) => scoreOf(vector) >= CRITICAL_SCORE);
  return isGrave ? 'high' : 'medium';
}

/** The score of a CVSS vector of any version, 0 to 10; 0 for what is none. */
export function scoreOf(vector: string): number {
  try {
    return cvss.fromVector(vector)?.calculateScores().overall ?? 0;
  } catch {
    return 0; // A vector that is not of its form says nothing.
  }
}
