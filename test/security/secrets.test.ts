/** A secret goes from the tenant who set it to the plugin that may ask for it, and stands nowhere else. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { unwrap } from '@paddock/client';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, it } from 'vitest';
import { onDatabase, rows } from '../support/database.js';
import { ASK, ASK_TOOL } from '../support/hostCalls.js';
import { send } from '../support/http.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

const TOOLS = {
  ask: ASK_TOOL,
  digest: {
    body: `${ASK}
const { value } = await ask('host/secrets.get', { name: 'TOKEN' });
const { createHash } = await import('node:crypto');
await ask('host/log', { message: 'it is ' + value + '!' });
send({ method: 'notifications/message', params: { level: 'info', data: { value } } });
await ask('host/progress', { done: 1, message: 'with ' + value });
await new Promise((done) => process.stderr.write('stderr ' + value + '\\n', done));
globalThis.kept = value;
return { sha256: createHash('sha256').update(value).digest('hex') };`,
  },
  fail: {
    body: `${ASK}
const { value } = await ask('host/secrets.get', { name: 'TOKEN' });
send({ id, result: { isError: true, content: [{ type: 'text', text: 'bad token ' + value }] } });`,
  },
  // In a warm sandbox, from the memory of an earlier run.
  leak: { body: `${ASK} await ask('host/log', { message: 'still ' + globalThis.kept }); return {};` },
};
const CANARY = `canary-${randomBytes(12).toString('hex')}`;

let stack: TestStack;
let tenant: TestOrganization;
let installId: string;
beforeAll(async () => {
  stack = await testStack();
  const secrets = { secrets: ['TOKEN', 'OTHER', 'UNGRANTED'] };
  const made = await installedPlugin(
    stack,
    { tools: TOOLS, manifest: { capabilities: secrets } },
    { grants: { secrets: ['TOKEN', 'OTHER'] } },
  );
  tenant = made.tenant;
  installId = made.install.id;
  await set('TOKEN', CANARY);
});

const path = (name: string) => `/v1/installs/${installId}/secrets/${name}`;
const set = (name: string, value: string) =>
  send(stack, path(name), { method: 'PUT', key: tenant.apiKey, body: { value } });
const ask = async (...names: string[]) => {
  const calls = names.map((name) => ['host/secrets.get', { name }]);
  return ((await callTool(tenant, installId, 'ask', { calls })).output as { answers: object[] }).answers;
};

describe('a secret', () => {
  it('is given to the plugin that may have it', async () => {
    const run = await callTool(tenant, installId, 'digest');
    expect(run.output).toEqual({ sha256: createHash('sha256').update(CANARY).digest('hex') });
    expect(await ask('OTHER', 'UNGRANTED', 'NOBODY', 'lower')).toEqual([
      { refused: 'secret_not_set' },
      { refused: 'capability_not_granted' },
      { refused: 'capability_not_granted' },
      { refused: 'host_params_invalid' },
    ]);
  });

  it('is not shown to anybody, and its names are', async () => {
    const list = await send(stack, `/v1/installs/${installId}/secrets`, { key: tenant.apiKey });
    expect(list.json['items']).toEqual([{ name: 'TOKEN', setAt: expect.any(String) }]);
    expect((await send(stack, path('TOKEN'), { key: tenant.apiKey })).status).toBe(404);
  });

  it('is refused where it is not granted, too short, or not one', async () => {
    expect(await set('UNGRANTED', 'long enough')).toMatchObject({ status: 422, code: 'secret_not_granted' });
    expect(await set('OTHER', 'abc')).toMatchObject({ status: 422, code: 'invalid_request' });
    expect(await set('lower', 'long enough')).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('is replaced and removed, and the trail says so without its value', async () => {
    expect((await set('OTHER', 'first value')).status).toBe(204);
    expect((await set('OTHER', 'second value')).status).toBe(204);
    expect(await ask('OTHER')).toEqual([{ value: 'second value' }]);
    const remove = () => send(stack, path('OTHER'), { method: 'DELETE', key: tenant.apiKey });
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 404, code: 'not_found' });
    expect(await ask('OTHER')).toEqual([{ refused: 'secret_not_set' }]);
    const events = await rows<{ event: string; data: object }>(
      stack,
      `SELECT event, data FROM audit_events WHERE subject_id = $1 AND event LIKE 'secret.%' ORDER BY id`,
      [installId],
    );
    expect(events.slice(-3)).toEqual([
      { event: 'secret.set', data: { name: 'OTHER' } },
      { event: 'secret.set', data: { name: 'OTHER' } },
      { event: 'secret.removed', data: { name: 'OTHER' } },
    ]);
  });

  it('can’t be read by the tenants’ database role, even sealed', async () => {
    const attempt = onDatabase(stack, async (client) => {
      await client.query(`BEGIN; SET LOCAL ROLE paddock_tenant; SET LOCAL paddock.organization = '${tenant.id}'`);
      return client.query('SELECT sealed FROM secrets');
    });
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });
});

it('a secret stands in no log, no error, no row, no job and no artifact of the run', async () => {
  const digest = await callTool(tenant, installId, 'digest');
  expect(digest.logs.map(({ message }) => message)).toEqual(
    expect.arrayContaining(['it is [secret]!', 'stderr [secret]', '{"value":"[secret]"}']),
  );
  const failed = await callTool(tenant, installId, 'fail');
  expect(failed.error?.message).toContain('bad token [secret]');
  // A new value does not make the old one less secret in a sandbox that knows it.
  const second = `${CANARY}-second`;
  await set('TOKEN', second);
  const leaked = await callTool(tenant, installId, 'leak');
  expect(leaked.logs.map(({ message }) => message).join()).not.toContain(CANARY);

  for (const file of stack.logFiles) expect((await readFile(file, 'utf8')).includes(CANARY), file).toBe(false);
  await onDatabase(stack, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    expect(tables.rows.length).toBeGreaterThan(15);
    for (const { name } of tables.rows) {
      const hex = Buffer.from(CANARY).toString('hex');
      const { rows: found } = await client.query(
        `SELECT 1 FROM "${name}" AS t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || $2 || '%'`,
        [CANARY, hex],
      );
      expect([name, found]).toEqual([name, []]);
    }
  });
  expect(await everythingIn(stack.redisUrl)).not.toContain(CANARY);
  const events = await unwrap(tenant.client.GET('/v1/audit/events', { params: { query: { limit: 200 } } }));
  expect(JSON.stringify(events)).not.toContain(CANARY);
});

/** Every key and value, as text. */
async function everythingIn(redisUrl: string): Promise<string> {
  const redis = new Redis(redisUrl);
  try {
    const keys = await redis.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    const values = await Promise.all(
      keys.map(async (key) => {
        const type = await redis.type(key);
        if (type === 'string') return redis.get(key);
        if (type === 'hash') return redis.hgetall(key);
        if (type === 'list') return redis.lrange(key, 0, -1);
        if (type === 'set') return redis.smembers(key);
        if (type === 'zset') return redis.zrange(key, 0, '-1');
        if (type === 'stream') return redis.xrange(key, '-', '+');
        return null;
      }),
    );
    return JSON.stringify([keys, values]);
  } finally {
    redis.disconnect();
  }
}
