/** How often an organization may do what costs others their attention. */
import { PaddockError } from '@paddock/contracts';
import type { Tx } from './transaction.js';

const HOUR_MS = 3_600_000;

/**
 * MUST come before the write that it caps, in the same transaction: until that ends, others of the organization's wait here.
 * @throws PaddockError `rate_limited`
 */
export async function requireBelowCap(
  tx: Tx,
  { what, organizationId, most }: { what: string; organizationId: string; most: number },
  countSince: (since: Date) => Promise<number>,
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${what} ${organizationId}`}, 0))`;
  if ((await countSince(new Date(Date.now() - HOUR_MS))) >= most)
    throw new PaddockError('rate_limited', `At most ${most} ${what} an hour.`);
}
