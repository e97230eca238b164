import { randomUUID } from 'node:crypto';
import { MAX_ATTEMPTS, type Usage } from '@paddock/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTOR, publishedInstall, type TestDatabase, testDatabase } from './database.testing.js';
import type { ClaimedRun } from './operations/claimRun.js';
import type { Settlement } from './operations/settleRun.js';

const USAGE: Usage = {
  cpuUs: 5,
  peakMemoryBytes: 6,
  memoryByteMs: 2 ** 45,
  ioReadBytes: 12,
  ioWriteBytes: 13,
  wallMs: 7,
  outputBytes: 8,
  hostCalls: 9,
  hostRequestBytes: 10,
  hostAnswerBytes: 11,
};
const SUCCESS: Settlement = {
  outcome: 'succeeded',
  output: { a: 1 },
  error: null,
  usage: USAGE,
  limits: null,
  isolationLevel: 'L1',
  logs: [{ level: 'info', message: 'hi', at: 0 }],
};

describe('the life of a run', () => {
  let database: TestDatabase;
  let made: Awaited<ReturnType<typeof publishedInstall>>;
  beforeAll(async () => {
    database = await testDatabase();
    made = await publishedInstall(database.db);
  });
  afterAll(() => database.drop());

  const claim = async (runId: string, attempt = 1, leaseMs = 60_000): Promise<ClaimedRun> => {
    const claimed = await database.db.system.claimRun({
      runId,
      attempt,
      executorId: randomUUID(),
      isolationLevel: 'L1',
      leaseMs,
    });
    if (claimed === null) throw new Error('not claimed');
    return claimed;
  };
  const usageRows = async (runId: string) =>
    (await database.owner.query('SELECT * FROM usage_records WHERE run_id = $1', [runId])).rowCount;

  it('can be claimed by one executor only, however many try', async () => {
    const { id } = await made.newRun();
    const claims = await Promise.all(
      Array.from({ length: 10 }, () =>
        database.db.system.claimRun({
          runId: id,
          attempt: 1,
          executorId: randomUUID(),
          isolationLevel: 'L1',
          leaseMs: 60_000,
        }),
      ),
    );
    expect(claims.filter((each) => each !== null)).toHaveLength(1);
  });

  it('is settled once: result, usage, log and audit event together', async () => {
    const { id } = await made.newRun();
    const claimed = await claim(id);
    expect(await database.db.system.settleRun(ACTOR, claimed, SUCCESS)).toBe(true);
    expect(await database.db.system.settleRun(ACTOR, claimed, { ...SUCCESS, outcome: 'failed' })).toBe(false);
    expect(await made.tenant.getRun(id)).toMatchObject({
      state: 'succeeded',
      output: { a: 1 },
      usage: USAGE,
      logs: [{ message: 'hi' }],
    });
    const { items } = await made.tenant.listAuditEvents({ subjectId: id, order: 'newest', limit: 10 });
    expect(items.map((event) => event.event)).toEqual(['run.settled', 'run.created']);
    expect(await usageRows(id)).toBe(1);
  });

  it('is not settled by an executor whose lease ran out', async () => {
    const { id } = await made.newRun();
    const stale = await claim(id, 1, 1);
    await expect
      .poll(async () => (await database.db.system.expireLeases(ACTOR, 100)).map((run) => run.runId))
      .toContain(id);
    expect(await database.db.system.settleRun(ACTOR, stale, SUCCESS)).toBe(false);
    const second = await claim(id, 2);
    expect(second.leaseEpoch).toBeGreaterThan(stale.leaseEpoch);
    expect(await database.db.system.settleRun(ACTOR, stale, SUCCESS)).toBe(false);
    expect((await database.db.system.renewLease(stale, 1000)).held).toBe(false);
    expect(await database.db.system.settleRun(ACTOR, second, SUCCESS)).toBe(true);
    expect(await usageRows(id)).toBe(1);
  });

  it('is refused, unbilled, when the platform could not carry out its last attempt', async () => {
    const { id } = await made.newRun();
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const release = await database.db.system.releaseRun(ACTOR, await claim(id, attempt), {
        code: 'sandbox_unavailable',
        message: 'no engine',
      });
      expect(release?.requeued).toBe(attempt < MAX_ATTEMPTS);
    }
    expect(await made.tenant.getRun(id)).toMatchObject({
      state: 'refused',
      error: { code: 'sandbox_unavailable' },
      usage: null,
    });
    expect(await usageRows(id)).toBe(0);
  });

  it('is one for a key, however often it is asked for at once', async () => {
    const key = { key: randomUUID(), requestHash: 'same' };
    const runs = await Promise.all(Array.from({ length: 20 }, () => made.newRun(key)));
    expect(new Set(runs.map((run) => run.id)).size).toBe(1);
    expect(runs.filter((run) => run.created)).toHaveLength(1);
    await expect(made.newRun({ ...key, requestHash: 'other' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('is claimed only by an executor with the isolation that it needs', async () => {
    const { id, minIsolation } = await made.newRun(undefined, 'L2');
    expect(minIsolation).toBe('L2');
    const request = { runId: id, attempt: 1, executorId: randomUUID(), leaseMs: 60_000 };
    expect(await database.db.system.claimRun({ ...request, isolationLevel: 'L1' })).toBeNull();
    expect(await database.db.system.claimRun({ ...request, isolationLevel: 'L3' })).toMatchObject({
      runId: id,
      minIsolation: 'L2',
    });
  });

  it('is refused when every executor that lives is too weak for it, and waits while there is none', async () => {
    const [weak, strong] = [await made.newRun(), await made.newRun(undefined, 'L3')];
    const soon = () => new Date(Date.now() + 60_000);
    const refuse = () => database.db.system.refuseUnservableRuns(ACTOR, soon(), new Date(Date.now() - 60_000));
    const register = (isolationLevel: 'L1' | 'L3' | 'refuse') =>
      database.db.system.registerExecutor(ACTOR, {
        ...{ id: randomUUID(), hostname: 'here', runtimes: [], capacity: 1, controls: [], isolationLevel },
      });
    expect(await refuse()).toEqual([]);
    await register('L1');
    await register('L3');
    expect(await refuse()).toEqual([]);
    await database.owner.query("DELETE FROM executors WHERE isolation_level = 'L3'");
    await register('refuse');
    expect(await refuse()).toEqual([strong.id]);
    expect(await made.tenant.getRun(strong.id)).toMatchObject({
      state: 'refused',
      error: { code: 'no_eligible_executor' },
      usage: null,
    });
    expect(await made.tenant.getRun(weak.id)).toMatchObject({ state: 'queued' });
  });

  it('ends at once when it is cancelled before anybody claimed it', async () => {
    const { id } = await made.newRun();
    expect(await made.tenant.cancelRun(ACTOR, id)).toBe('cancelled');
    expect(await made.tenant.cancelRun(ACTOR, id)).toBe('cancelled');
    expect(
      await database.db.system.claimRun({
        runId: id,
        attempt: 1,
        executorId: randomUUID(),
        isolationLevel: 'L1',
        leaseMs: 1000,
      }),
    ).toBeNull();
  });
});
