/**
 * The hot path's way to the same pool that Prisma uses: one statement, one round trip, its plan prepared once a connection.
 * Prisma's client costs about ten times as much a statement, so what every run passes through goes this way; all else is Prisma's.
 */
import type { Pool, PoolClient } from 'pg';
import type { Prisma } from './generated/client.js';

/** Runs one statement and returns its rows. Select `bigint` columns as `float8` or `text`: drivers differ in what they make of them. */
export type Query = <Row>(statement: Prisma.Sql) => Promise<Row[]>;

/** Statements of one connection are prepared under names; the text decides, and there are only as many as the code has. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `paddock_${names.size}`;
    names.set(text, name);
  }
  return name;
}

/** On any connection of the pool, each statement in a transaction of its own, as the owner of the tables. */
export const queryOn =
  (connection: Pool | PoolClient): Query =>
  async <Row>({ text, values }: Prisma.Sql) => {
    const { rows } = await connection.query({ name: nameOf(text), text, values });
    return rows as Row[];
  };

/** Runs `work` in one transaction as the tenant's role: row-level security shows it that organization alone. */
export async function inTenantQuery<T>(
  pool: Pool,
  organizationId: string,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // One round trip for all three; a batch takes no parameters, so the id is quoted.
    await client.query(
      `BEGIN; SET LOCAL ROLE paddock_tenant; SET LOCAL paddock.organization = ${client.escapeLiteral(organizationId)}`,
    );
    const result = await work(queryOn(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that can't even roll back is not given to the next tenant.
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
