/**
 * The hot path's way around Prisma's client, over the same pools: one statement, one round trip, its plan prepared once a
 * connection. Prisma costs about ten times as much a statement, so what every run passes through goes this way; all else is Prisma's.
 */
import type { Pool, PoolClient } from 'pg';
import type { Prisma } from './generated/client.js';

/** Runs one statement in a transaction of its own, and returns its rows. Select `bigint` columns as `float8` or `text`: drivers differ in what they make of them. */
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

async function send<Row>(connection: Pool | PoolClient, { text, values }: Prisma.Sql): Promise<Row[]> {
  const { rows } = await connection.query({ name: nameOf(text), text, values });
  return rows as Row[];
}

/** As the owner of the tables. */
export const queryAsSystem =
  (pool: Pool): Query =>
  (statement) =>
    send(pool, statement);

/**
 * As a tenant: row-level security shows that organization alone. The transaction's three parts leave in one packet, which
 * the pool's connections (`pipeline`) allow. Should its beginning fail, the statement still runs as the tenant's role, which
 * without an organization sees nothing.
 */
export const queryAsTenant =
  (pool: Pool, organizationId: string): Query =>
  async <Row>(statement: Prisma.Sql) => {
    const client = await pool.connect();
    const { stream } = client.connection;
    stream.cork();
    const parts = Promise.allSettled([
      // A batch takes no parameters, so the id is quoted.
      client.query(`BEGIN; SET LOCAL paddock.organization = ${client.escapeLiteral(organizationId)}`),
      send<Row>(client, statement),
      client.query('COMMIT'),
    ]);
    stream.uncork();
    const [begun, rows, ended] = await parts;
    const broken = [begun, ended].find((part) => part.status === 'rejected');
    // A connection that can't begin or end a transaction is not given to anybody else.
    client.release(broken !== undefined);
    if (rows.status === 'rejected') throw rows.reason;
    if (broken !== undefined) throw broken.reason;
    return rows.value;
  };
