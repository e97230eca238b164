import { followRun, followVersion, unwrap } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSucceededOnce } from '../support/accounts.js';
import { rows } from '../support/database.js';
import { LEASE_MS, type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin, packPlugin, registerKey, signPlugin } from '../support/plugins.js';
import { multipart, postUpload } from '../support/uploads.js';

const TOOLS = {
  echo: { body: 'return input' },
  sleep: { body: 'await new Promise((done) => setTimeout(done, input.ms)); return { slept: input.ms }' },
};

describe('of two executors', () => {
  let stack: OwnStack;
  let made: Awaited<ReturnType<typeof installedPlugin>>;
  beforeAll(async () => {
    // One run at a time each, so that a test knows who has which.
    stack = await startOwnStack({ replicas: { executor: 2 }, environment: { PADDOCK_EXECUTOR_CONCURRENCY: '1' } });
    made = await installedPlugin(stack, { tools: TOOLS });
  });
  afterAll(() => stack.end());

  const call = (tool: string, input: Record<string, unknown> = {}) =>
    callTool(made.tenant, made.install.id, tool, input, { wait: 0 });
  const executors = () => [stack.running.process('executor'), stack.running.process('executor-2')];
  const rowOf = async (id: string) =>
    (
      await rows<{ state: string; attempt: number; executor_id: string | null; lease_epoch: number }>(
        stack,
        'SELECT state, attempt, executor_id, lease_epoch FROM runs WHERE id = $1',
        [id],
      )
    )[0];

  it('the one that was frozen past its lease finds that its run is another’s, and writes nothing', async () => {
    const run = await call('sleep', { ms: 1000 });
    await expect.poll(async () => (await rowOf(run.id))?.state, { timeout: 20_000 }).toBe('running');
    const before = await rowOf(run.id);
    // Who has it? The one whose log says so, by its id.
    const { readFile } = await import('node:fs/promises');
    const logs = await Promise.all(executors().map(({ logFile }) => readFile(logFile, 'utf8')));
    const holder = executors()[logs.findIndex((log) => log.includes(before?.executor_id ?? 'nobody'))];
    expect(holder).toBeDefined();
    holder?.kill('SIGSTOP');
    // The plugin answers meanwhile, and nobody reads it.
    await expect
      .poll(async () => (await rowOf(run.id))?.executor_id, { timeout: 30_000 })
      .not.toBe(before?.executor_id);
    await expectSucceededOnce(stack, [run.id]);
    const settled = await rowOf(run.id);
    holder?.kill('SIGCONT');
    // It works on, and what it held is as the other one left it.
    const next = await Promise.all([1, 2, 3, 4].map((n) => call('echo', { n })));
    await expectSucceededOnce(stack, [run.id, ...next.map(({ id }) => id)]);
    expect(await rowOf(run.id)).toEqual(settled);
    expect(settled?.attempt).toBe(2);
    expect(settled?.lease_epoch).toBeGreaterThan(before?.lease_epoch ?? 0);
  });

  it('neither starts a run that was cancelled while it waited', async () => {
    for (const executor of executors()) executor.kill('SIGSTOP');
    const run = await call('echo');
    const cancel = () => unwrap(made.tenant.client.POST('/v1/runs/{id}/cancel', { params: { path: { id: run.id } } }));
    expect(await cancel()).toMatchObject({ state: 'cancelled', error: { code: 'cancelled_by_caller' }, usage: null });
    expect(await cancel()).toMatchObject({ state: 'cancelled' });
    for (const executor of executors()) executor.kill('SIGCONT');
    const after = await call('echo');
    await expectSucceededOnce(stack, [after.id]);
    expect(await followRun(made.tenant.client, run.id)).toMatchObject({
      state: 'cancelled',
      startedAt: null,
      usage: null,
    });
    const settlements = await rows(
      stack,
      `SELECT 1 FROM audit_events WHERE event = 'run.settled' AND subject_id = $1`,
      [run.id],
    );
    expect(settlements).toHaveLength(1);
  });

  it('neither starts a run whose version was revoked while it waited', async () => {
    const bad = await installedPlugin(stack, { name: 'bad', tools: TOOLS });
    for (const executor of executors()) executor.kill('SIGSTOP');
    const run = await callTool(bad.tenant, bad.install.id, 'echo', {}, { wait: 0 });
    const body = { reason: 'It was found to be malicious.' };
    const path = { id: bad.version.id };
    await unwrap(stack.admin.client.POST('/v1/versions/{id}/revoke', { params: { path }, body }));
    for (const executor of executors()) executor.kill('SIGCONT');
    expect(await followRun(bad.tenant.client, run.id)).toMatchObject({
      state: 'revoked',
      error: { code: 'version_not_published' },
      usage: null,
    });
  });

  it('both may be killed, and each accepted run still succeeds once', async () => {
    const runs = await Promise.all([200, 400, 600, 800, 1000, 1200].map((ms) => call('sleep', { ms })));
    await expect
      .poll(
        async () =>
          (await Promise.all(runs.map(({ id }) => rowOf(id)))).filter((row) => row?.state === 'running').length,
      )
      .toBeGreaterThan(0);
    for (const executor of executors()) executor.kill('SIGKILL');
    await Promise.all(executors().map((executor) => executor.restart()));
    await expectSucceededOnce(
      stack,
      runs.map(({ id }) => id),
    );
  });

  it('a cancelled run whose executor was killed ends as cancelled, unbilled', async () => {
    const run = await call('sleep', { ms: 8000 });
    await expect.poll(async () => (await rowOf(run.id))?.state, { timeout: 20_000 }).toBe('running');
    for (const executor of executors()) executor.kill('SIGKILL');
    await unwrap(made.tenant.client.POST('/v1/runs/{id}/cancel', { params: { path: { id: run.id } } }));
    await Promise.all(executors().map((executor) => executor.restart()));
    expect(await followRun(made.tenant.client, run.id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'cancelled_by_caller' },
      usage: null,
      attempt: 1,
    });
    expect(LEASE_MS).toBeLessThan(8000);
  });

  it('an API that is killed loses no run that it had accepted, and makes none twice for one key', async () => {
    const api = stack.running.process('api');
    const accepted = new Map<string, string>();
    const client = async (name: string) => {
      for (let n = 0; n < 25; n++) {
        const idempotencyKey = `${name}-${n}`;
        for (let tries = 0; tries < 200 && !accepted.has(idempotencyKey); tries++) {
          const options = { wait: 0, idempotencyKey };
          const run = await callTool(made.tenant, made.install.id, 'echo', { n }, options).catch(() => null);
          if (run === null) await new Promise((resolve) => setTimeout(resolve, 50));
          else accepted.set(idempotencyKey, run.id);
        }
      }
    };
    const clients = ['a', 'b', 'c'].map(client);
    await expect.poll(() => accepted.size, { timeout: 20_000 }).toBeGreaterThan(10);
    api.kill('SIGKILL');
    await api.restart();
    await Promise.all(clients);
    expect(accepted.size).toBe(75);
    await expectSucceededOnce(stack, [...accepted.values()]);
    const [made_] = await rows<{ count: number }>(
      stack,
      `SELECT count(*)::int AS count FROM runs WHERE idempotency_key ~ '^[abc]-'`,
    );
    expect(made_?.count).toBe(75);
  });

  it('and a verifier: told to stop in the middle of a verification, it ends it first', async () => {
    const publisher = await stack.createOrganization('publisher');
    const key = await registerKey(publisher);
    const uploaded = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => {
        const plugin = await packPlugin(publisher.slug, { name });
        const signature = await signPlugin(plugin, { key });
        const parts = [
          { name: 'signature', data: signature },
          { name: 'bundle', data: plugin.packed.bytes },
        ];
        return String((await postUpload(stack, publisher, multipart(parts))).json['id']);
      }),
    );
    const verifier = stack.running.process('verifier');
    expect(await verifier.stop()).toBeUndefined();
    await verifier.restart();
    for (const id of uploaded) expect((await followVersion(publisher.client, id)).state).toBe('accepted');
    const reports = await rows(stack, 'SELECT 1 FROM verifications WHERE version_id = ANY($1::uuid[])', [uploaded]);
    expect(reports).toHaveLength(3);
  });
});
