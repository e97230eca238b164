import type { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { onDatabase } from '../support/database.js';
import { callTool, installedPlugin, registerKey, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

type Made = Awaited<ReturnType<typeof installedPlugin>> & { publisher: TestOrganization };

const INSUFFICIENT_PRIVILEGE = '42501';
/** What everybody may see, whoever it belongs to. */
const CATALOGUE = ['plugins', 'versions', 'verifications', 'version_advisories', 'rescans'];

let stack: TestStack;
let mine: Made;
let theirs: Made;
let tables: string[];

beforeAll(async () => {
  stack = await testStack();
  const make = async () => {
    // By the protocol: what stands on stderr may come after the result, when nobody waits for it any more.
    const body = `send({ method: 'notifications/message', params: { level: 'info', data: 'log' } }); return input`;
    const made = await installedPlugin(stack, { tools: { echo: { body } } });
    await callTool(made.tenant, made.install.id, 'echo');
    const unpublished = await verifiedPlugin(stack, made.publisher, { name: 'unpublished' });
    await made.publisher.client.POST('/v1/versions/{id}/messages', {
      params: { path: { id: unpublished.id } },
      body: { text: 'of the publisher' },
    });
    await made.tenant.client.POST('/v1/versions/{id}/reports', {
      params: { path: { id: made.version.id } },
      body: { category: 'other', text: 'of the tenant' },
    });
    const { keyId } = await registerKey(made.publisher);
    await made.publisher.client.POST('/v1/signing-keys/{keyId}/revoke', {
      params: { path: { keyId } },
      body: { reason: 'a test' },
    });
    return made;
  };
  [mine, theirs] = await Promise.all([make(), make()]);
  tables = await onDatabase(stack, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`,
    );
    return rows.map(({ name }) => name);
  });
});

/** Does `work` as the API's tenant door does, and takes it back. */
const asTenant = <T>(organizationId: string | null, work: (client: Client) => Promise<T>): Promise<T> =>
  onDatabase(stack, async (client) => {
    await client.query('BEGIN');
    await client.query('SET LOCAL ROLE paddock_tenant');
    if (organizationId !== null)
      await client.query(`SELECT set_config('paddock.organization', $1, true)`, [organizationId]);
    try {
      return await work(client);
    } finally {
      await client.query('ROLLBACK');
    }
  });

/** How many rows a statement finds, or the SQLSTATE that it fails with. */
async function outcome(client: Client, sql: string, values: unknown[] = []): Promise<number | string> {
  await client.query('SAVEPOINT attempt');
  try {
    return (await client.query(sql, values)).rowCount ?? 0;
  } catch (error) {
    await client.query('ROLLBACK TO attempt');
    return (error as { code?: string }).code ?? String(error);
  }
}

describe('the tenants’ role', () => {
  it('sees no row of any table without an organization', async () => {
    await asTenant(null, async (client) => {
      expect(tables.length).toBeGreaterThan(12);
      for (const table of tables) {
        expect([table, await outcome(client, `SELECT * FROM ${table}`)]).toSatisfy(
          ([, found]: [string, unknown]) => found === 0 || found === INSUFFICIENT_PRIVILEGE,
        );
      }
    });
  });

  it.each(['', 'x', '00000000-0000-0000-0000-000000000000'])('sees none with “%s” for one', async (id) => {
    await asTenant(id, async (client) => {
      for (const table of tables.filter((name) => !CATALOGUE.includes(name)))
        expect([table, await outcome(client, `SELECT * FROM ${table}`)]).toSatisfy(
          ([, found]: [string, unknown]) => found !== undefined && (found === 0 || typeof found === 'string'),
        );
    });
  });

  it('sees its own rows, and of others’ only what is published', async () => {
    for (const [own, other] of [
      [mine.tenant.id, theirs],
      [mine.publisher.id, theirs],
    ] as const) {
      await asTenant(own, async (client) => {
        for (const table of tables) {
          const { rows } = await client
            .query<{ column: string }>(
              `SELECT column_name AS column FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public'`,
              [table],
            )
            .catch(() => ({ rows: [] }));
          const columns = rows.map(({ column }) => column);
          if (!columns.includes('organization_id')) continue;
          const foreign = `SELECT * FROM ${table} WHERE organization_id IS DISTINCT FROM $1`;
          const found = await outcome(client, foreign, [own]);
          if (table === 'secrets') expect([table, found]).toEqual([table, INSUFFICIENT_PRIVILEGE]);
          else if (!CATALOGUE.includes(table)) expect([table, found]).toEqual([table, 0]);
          else expect([table, found]).not.toEqual([table, 0]);
        }
        const unpublished = `SELECT 1 FROM versions WHERE organization_id <> $1 AND state NOT IN ('published', 'yanked', 'revoked')`;
        expect(await outcome(client, unpublished, [own])).toBe(0);
        const reports = `SELECT 1 FROM verifications WHERE organization_id = $1`;
        expect(await outcome(client, reports, [other.publisher.id])).toBe(1);
        const organizations = await client.query('SELECT id FROM organizations');
        expect(organizations.rows).toEqual([{ id: own }]);
      });
    }
    await asTenant(mine.tenant.id, async (client) => {
      for (const table of ['api_keys', 'installs', 'runs', 'run_logs', 'usage_records', 'audit_events'])
        expect([table, await outcome(client, `SELECT * FROM ${table}`)]).not.toEqual([table, 0]);
    });
  });

  const forbidden: [
    what: string,
    sql: (made: { mine: Made; theirs: Made }) => [string, unknown[]],
    found: 0 | string,
  ][] = [
    [
      'cancel another’s run',
      ({ theirs }) => [`UPDATE runs SET state = 'cancelled' WHERE organization_id = $1`, [theirs.tenant.id]],
      0,
    ],
    [
      'remove another’s install',
      ({ theirs }) => ['UPDATE installs SET removed_at = now() WHERE id = $1', [theirs.install.id]],
      0,
    ],
    [
      'revoke another’s key',
      ({ theirs }) => ['UPDATE api_keys SET revoked_at = now() WHERE organization_id = $1', [theirs.tenant.id]],
      0,
    ],
    [
      'reject another’s published version',
      ({ theirs }) => [`UPDATE versions SET state = 'revoked' WHERE id = $1`, [theirs.version.id]],
      0,
    ],
    [
      'write a run for another',
      ({ theirs }) => [
        `INSERT INTO runs (id, organization_id, install_id, version_id, tool, input, state) VALUES (gen_random_uuid(), $1, $2, $3, 'echo', '{}', 'queued')`,
        [theirs.tenant.id, theirs.install.id, theirs.version.id],
      ],
      INSUFFICIENT_PRIVILEGE,
    ],
    [
      'write into another’s audit trail',
      ({ theirs }) => [
        `INSERT INTO audit_events (organization_id, actor_type, actor_id, event, subject_type, subject_id) VALUES ($1, 'api_key', 'x', 'run.settled', 'run', 'x')`,
        [theirs.tenant.id],
      ],
      INSUFFICIENT_PRIVILEGE,
    ],
    [
      'make itself a key of another',
      ({ theirs }) => [
        `INSERT INTO api_keys (id, organization_id, name, role, prefix, hash) VALUES (gen_random_uuid(), $1, 'x', 'owner', 'pdk_x', '\\x00')`,
        [theirs.tenant.id],
      ],
      INSUFFICIENT_PRIVILEGE,
    ],
    [
      'give itself a stronger role',
      ({ mine }) => [`UPDATE api_keys SET role = 'owner' WHERE organization_id = $1`, [mine.tenant.id]],
      INSUFFICIENT_PRIVILEGE,
    ],
    [
      'become a platform organization',
      ({ mine }) => ['UPDATE organizations SET platform = true WHERE id = $1', [mine.tenant.id]],
      INSUFFICIENT_PRIVILEGE,
    ],
    [
      'write a result',
      ({ mine }) => [`UPDATE runs SET output = '{}' WHERE organization_id = $1`, [mine.tenant.id]],
      INSUFFICIENT_PRIVILEGE,
    ],
    [
      'write a usage record',
      ({ mine }) => ['UPDATE usage_records SET cpu_us = 0 WHERE organization_id = $1', [mine.tenant.id]],
      INSUFFICIENT_PRIVILEGE,
    ],
    ['delete a usage record', () => ['DELETE FROM usage_records', []], INSUFFICIENT_PRIVILEGE],
    [
      'change what it granted',
      ({ mine }) => [`UPDATE installs SET grants = '{"kv":true}' WHERE id = $1`, [mine.install.id]],
      INSUFFICIENT_PRIVILEGE,
    ],
    ['countersign', () => [`UPDATE versions SET countersignature = '\\x00'`, []], INSUFFICIENT_PRIVILEGE],
    [
      'write a verdict',
      ({ mine }) => [
        `INSERT INTO verifications (id, version_id, organization_id, verdict, findings, scanners) VALUES (gen_random_uuid(), $1, $2, 'accepted', '[]', '[]')`,
        [mine.version.id, mine.publisher.id],
      ],
      INSUFFICIENT_PRIVILEGE,
    ],
    ['see the executors', () => ['SELECT * FROM executors', []], INSUFFICIENT_PRIVILEGE],
    ['delete its runs', () => ['DELETE FROM runs', []], INSUFFICIENT_PRIVILEGE],
    ['empty a table', () => ['TRUNCATE runs CASCADE', []], INSUFFICIENT_PRIVILEGE],
    ['turn the policies off', () => ['ALTER TABLE runs DISABLE ROW LEVEL SECURITY', []], INSUFFICIENT_PRIVILEGE],
    ['make a table', () => ['CREATE TABLE mine (a int)', []], INSUFFICIENT_PRIVILEGE],
    ['run a program', () => [`COPY (SELECT 1) TO PROGRAM 'true'`, []], INSUFFICIENT_PRIVILEGE],
    ['read a file', () => [`SELECT pg_read_file('/etc/passwd')`, []], INSUFFICIENT_PRIVILEGE],
  ];
  it.each(forbidden)('can’t %s', async (_what, sql, found) => {
    const [text, values] = sql({ mine, theirs });
    expect(await asTenant(mine.tenant.id, (client) => outcome(client, text, values))).toBe(found);
  });
});

describe('the owner of the tables', () => {
  const attempts = ['audit_events', 'audit_leaves', 'audit_checkpoints'].flatMap((table) => [
    `UPDATE ${table} SET ${table === 'audit_leaves' ? 'leaf_hash = leaf_hash' : 'created_at = created_at'}`,
    `DELETE FROM ${table}`,
    `DELETE FROM ${table} WHERE false`,
    `TRUNCATE ${table} CASCADE`,
  ]);
  it.each([
    ...attempts.map((sql) =>
      sql.replace('UPDATE audit_events SET created_at = created_at', 'UPDATE audit_events SET at = at'),
    ),
    `UPDATE versions SET artifact_sha256 = repeat('0', 64)`,
    `UPDATE versions SET envelope = '\\x00'`,
    `UPDATE versions SET version = '9.9.9'`,
    `UPDATE versions SET signers = '[]'`,
    `UPDATE versions SET required_signatures = 0`,
    `UPDATE versions SET created_at = '2000-01-01'`,
    `UPDATE signing_keys SET revoked_at = NULL WHERE revoked_at IS NOT NULL`,
    `UPDATE signing_keys SET revoked_at = now() + interval '1 day' WHERE revoked_at IS NOT NULL`,
  ])('can’t %s', async (sql) => {
    const code = await onDatabase(stack, async (client) => {
      await client.query('BEGIN');
      const result = await outcome(client, sql);
      await client.query('ROLLBACK');
      return result;
    });
    expect(code).toBe(INSUFFICIENT_PRIVILEGE);
  });
});
