import { HOST_LIMITS } from '@paddock/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACTOR, publishedInstall, type TestDatabase, testDatabase } from './database.testing.js';

describe('an install’s key-value store', () => {
  let database: TestDatabase;
  let made: Awaited<ReturnType<typeof publishedInstall>>;
  let installId: string;
  beforeAll(async () => {
    database = await testDatabase();
    made = await publishedInstall(database.db);
  });
  afterAll(() => database.drop());

  const newInstall = () =>
    made.tenant.createInstall(ACTOR, {
      plugin: 'acme/echo',
      grants: {},
      limits: {},
      isolation: 'install',
      minIsolation: 'L1',
      upgradePolicy: 'none',
    });
  beforeEach(async () => {
    installId = (await newInstall()).id;
  });
  const put = (key: string, value: unknown, more: { ttlMs?: number; ifVersion?: number | null } = {}) =>
    made.tenant.putKvEntry(installId, { key, value: JSON.stringify(value), ...more });
  const get = (key: string) => made.tenant.getKvEntry(installId, key);
  const list = async (prefix = '', limit = 100, cursor?: string) =>
    made.tenant.listKvEntries(installId, { prefix, limit, cursor });

  it('gives back what was put, whatever JSON it was', async () => {
    const value = { 'a\0': ['\ud800', 1.5, null, { nested: true }] };
    const { version } = await put('k', value);
    expect(await get('k')).toEqual({ found: true, value, version });
    expect(await get('other')).toEqual({ found: false });
    expect(await made.tenant.deleteKvEntry(installId, { key: 'k' })).toEqual({ deleted: true });
    expect(await made.tenant.deleteKvEntry(installId, { key: 'k' })).toEqual({ deleted: false });
    expect(await get('k')).toEqual({ found: false });
  });

  it('writes under a condition only while it holds', async () => {
    const { version } = await put('k', 1, { ifVersion: null });
    await expect(put('k', 2, { ifVersion: null })).rejects.toMatchObject({ code: 'kv_conflict' });
    const second = await put('k', 2, { ifVersion: version });
    expect(second.version).toBeGreaterThan(version);
    await expect(put('k', 3, { ifVersion: version })).rejects.toMatchObject({ code: 'kv_conflict' });
    await expect(made.tenant.deleteKvEntry(installId, { key: 'k', ifVersion: version })).rejects.toMatchObject({
      code: 'kv_conflict',
    });
    await made.tenant.deleteKvEntry(installId, { key: 'k', ifVersion: second.version });
    const again = await put('k', 4, { ifVersion: null });
    expect(again.version).toBeGreaterThan(second.version);
    expect(await get('k')).toMatchObject({ value: 4 });
  });

  it('lets one of many win that write under the same condition at once', async () => {
    const { version } = await put('counter', 0);
    const writes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => put('counter', n, { ifVersion: version })),
    );
    expect(writes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('forgets what has expired at once, and the sweep deletes it', async () => {
    await put('brief', 1, { ttlMs: 1 });
    await put('long', 1, { ttlMs: 600_000 });
    await expect.poll(() => get('brief')).toEqual({ found: false });
    expect((await list()).entries.map(({ key }) => key)).toEqual(['long']);
    const rows = async () =>
      (await database.owner.query('SELECT key FROM kv_entries WHERE install_id = $1', [installId])).rows;
    expect(await rows()).toHaveLength(2);
    await put('brief', 2, { ifVersion: null, ttlMs: 1 });
    await expect.poll(async () => (await database.db.system.sweepKvEntries(100)) > 0).toBe(true);
    expect(await rows()).toEqual([{ key: 'long' }]);
  });

  it('lists by prefix, page by page, in the order of code points', async () => {
    for (const key of ['a/2', 'b', 'a/Z', 'a/é', 'a/10', 'A']) await put(key, null);
    expect((await list('a/')).entries.map(({ key }) => key)).toEqual(['a/10', 'a/2', 'a/Z', 'a/é']);
    const first = await list('', 4);
    const second = await list('', 4, first.cursor);
    expect([...first.entries, ...second.entries].map(({ key }) => key)).toEqual([
      'A',
      'a/10',
      'a/2',
      'a/Z',
      'a/é',
      'b',
    ]);
    expect(second.cursor).toBeUndefined();
  });

  it('is full at its quota, of bytes as of keys', async () => {
    const value = 'x'.repeat(HOST_LIMITS.kvBytes / 4 - 10_000);
    for (const key of ['1', '2', '3', '4']) await put(key, value);
    await expect(put('5', value)).rejects.toMatchObject({ code: 'kv_quota_exceeded' });
    await put('4', 'small');
    await put('5', value);
    await database.owner.query(
      `INSERT INTO kv_entries (install_id, key, organization_id, value, bytes)
       SELECT $1, 'many' || n, $2, '1', 1 FROM generate_series(1, $3::int) n`,
      [installId, made.organization.id, HOST_LIMITS.kvKeys - 5],
    );
    await expect(put('one more', 1)).rejects.toMatchObject({ code: 'kv_quota_exceeded' });
    await put('many1', 2);
  });

  it('is the install’s own, and goes with it', async () => {
    await put('k', 'mine');
    const other = await newInstall();
    expect(await made.tenant.getKvEntry(other.id, 'k')).toEqual({ found: false });
    const stranger = database.db.forTenant('00000000-0000-7000-8000-000000000000');
    expect(await stranger.getKvEntry(installId, 'k')).toEqual({ found: false });
    await expect(stranger.putKvEntry(installId, { key: 'k', value: '1' })).rejects.toMatchObject({ code: 'not_found' });
    await made.tenant.removeInstall(ACTOR, installId);
    expect(await get('k')).toEqual({ found: false });
    await expect(put('k', 1)).rejects.toMatchObject({ code: 'not_found' });
  });
});
