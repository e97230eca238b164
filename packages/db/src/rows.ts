/** Small conversions between rows and the API's values. */
import { Prisma } from './generated/client.js';

export const iso = (date: Date): string => date.toISOString();
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Whether a write failed because a unique constraint holds. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Cuts the one row that was read beyond `limit`, whose being there means that another page follows. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  cursor: (row: R) => string,
  map: (row: R) => T,
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(map), next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
