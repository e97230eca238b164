/** The stack's database, asked directly: what the API would not show, and what an intruder would try. */
import { Client } from 'pg';

/** Runs `work` on a connection of its own, as the owner of the tables. */
export async function onDatabase<T>(
  { databaseUrl }: { databaseUrl: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The rows of one statement. */
export function rows<Row extends object>(
  stack: { databaseUrl: string },
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return onDatabase(stack, async (client) => (await client.query<Row>(sql, [...values])).rows);
}
