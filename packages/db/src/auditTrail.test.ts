import { CompactRange, canonicalLeaf, leafHash } from '@paddock/audit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTOR, type TestDatabase, testDatabase } from './database.testing.js';
import { auditLeafOf } from './operations/auditTrail.js';

describe('the audit trail', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  const record = (id: string) =>
    database.db.system.recordAudit({
      organizationId: null,
      actor: ACTOR,
      event: 'executor.registered',
      subject: { type: 'executor', id },
    });
  const sequence = (batch?: number) => database.db.system.sequenceAudit(({ size }) => `note ${size}`, batch);
  /** Sequences so many, and no more. A transaction of another database on this server holds some back for a moment. */
  const sequenceUntil = async (count: number, { batch, sum = 0 }: { batch?: number; sum?: number } = {}) => {
    await expect.poll(async () => (sum += await sequence(batch)), { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
    expect(sum, 'one was taken twice').toBe(count);
  };
  const sequenced = async () => (await database.db.system.listAuditEvents({ order: 'sequence', limit: 1000 })).items;

  it('takes no event while a transaction is open that began before it, and then all in one order without gaps', async () => {
    const slow = new Client({ connectionString: database.url });
    await slow.connect();
    await slow.query('BEGIN');
    await slow.query(
      "INSERT INTO audit_events (actor_type, actor_id, event, subject_type, subject_id) VALUES ('process', 'slow', 'executor.registered', 'executor', 'slow')",
    );
    await record('fast');
    expect(await sequence()).toBe(0);
    await slow.query('COMMIT');
    await slow.end();
    await sequenceUntil(2);
    expect((await sequenced()).map((event) => [event.seq, event.subject.id])).toEqual([
      [0, 'slow'],
      [1, 'fast'],
    ]);
  });

  it('goes on from its frontier, batch by batch, to the root of all leaves', async () => {
    for (let i = 0; i < 25; i++) await record(`batch ${i}`);
    await sequenceUntil(25, { batch: 10 });
    const events = await sequenced();
    const whole = CompactRange.empty();
    for (const [index, event] of events.entries()) whole.append(leafHash(canonicalLeaf(auditLeafOf(event, index))));
    const checkpoint = await database.db.system.latestCheckpoint();
    expect(checkpoint).toMatchObject({ size: events.length, rootHash: Buffer.from(whole.root()).toString('hex') });
  });

  it('is sequenced by one at a time', async () => {
    for (let i = 0; i < 50; i++) await record(`race ${i}`);
    const before = (await sequenced()).length;
    const counts = await Promise.all(Array.from({ length: 5 }, () => sequence()));
    await sequenceUntil(50, { sum: counts.reduce((all, count) => all + count, 0) });
    const events = await sequenced();
    expect(events).toHaveLength(before + 50);
    expect(events.map((event) => event.seq)).toEqual(events.map((_event, index) => index));
  });

  it.each(['audit_events', 'audit_leaves', 'audit_checkpoints'])(
    'lets nobody change %s, not even its owner',
    async (table) => {
      for (const statement of [
        `UPDATE ${table} SET ${table === 'audit_events' ? "event = 'x'" : 'created_at = now()'}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        const sql = table === 'audit_leaves' ? statement.replace('created_at = now()', "leaf_hash = ''") : statement;
        await expect(database.owner.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    },
  );
});
