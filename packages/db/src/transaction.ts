/** Transactions, for the operations beside this file. */
import type { Prisma, PrismaClient } from './generated/client.js';

export type Tx = Prisma.TransactionClient;

const OPTIONS = { maxWait: 10_000, timeout: 20_000 };

/** Runs `work` in one transaction of the tenants' pool: row-level security shows it that organization alone. */
export function inTenant<T>(prisma: PrismaClient, organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('paddock.organization', ${organizationId}, true)`;
    return work(tx);
  }, OPTIONS);
}

/** Runs `work` in one transaction as the owner of the tables. */
export function inSystem<T>(prisma: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, OPTIONS);
}
