import { randomUUID } from 'node:crypto';
import { followRun, unwrap } from '@paddock/client';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { expectCode } from '../support/errors.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestStack, testStack } from '../support/stack.js';

type Made = Awaited<ReturnType<typeof installedPlugin>>;

const TOOLS = {
  echo: { body: 'return input' },
  sleep: { body: 'await new Promise((done) => setTimeout(done, input.ms)); return { slept: input.ms }' },
};

let stack: TestStack;
let redis: Redis;
beforeAll(async () => {
  stack = await testStack();
  redis = new Redis(stack.redisUrl);
});
afterAll(() => redis.disconnect());

const stateOf = async (id: string) =>
  (await rows<{ state: string }>(stack, 'SELECT state FROM runs WHERE id = $1', [id]))[0]?.state;
const setState = (versionId: string, state: string) =>
  rows(stack, 'UPDATE versions SET state = $2 WHERE id = $1', [versionId, state]);

describe('whoever reaches Redis', () => {
  it('can’t end a run by saying that it was cancelled', async () => {
    const { tenant, install } = await installedPlugin(stack, { tools: TOOLS });
    const run = await callTool(tenant, install.id, 'sleep', { ms: 2000 }, { wait: 0 });
    await expect.poll(() => stateOf(run.id), { timeout: 20_000 }).toBe('running');
    const heard = await redis.publish(`${stack.queuePrefix}:signal:run.cancel`, run.id);
    expect(heard).toBeGreaterThan(0);
    expect(await followRun(tenant.client, run.id)).toMatchObject({ state: 'succeeded', output: { slept: 2000 } });
  });

  it('can’t make a run seem settled', async () => {
    const { tenant, install } = await installedPlugin(stack, { tools: TOOLS });
    const calling = callTool(tenant, install.id, 'sleep', { ms: 1500 });
    await expect
      .poll(() => rows(stack, `SELECT id FROM runs WHERE install_id = $1 AND state = 'running'`, [install.id]), {
        timeout: 20_000,
      })
      .toHaveLength(1);
    const [row] = await rows<{ id: string }>(stack, 'SELECT id FROM runs WHERE install_id = $1', [install.id]);
    await redis.publish(`${stack.queuePrefix}:signal:run.settled`, row?.id ?? '');
    expect(await calling).toMatchObject({ id: row?.id, state: 'succeeded' });
  });
});

describe('whoever writes a row', () => {
  it.each([
    ['the entry', (manifest: Record<string, unknown>) => ({ ...manifest, entry: 'other.mjs' })],
    [
      'the limits',
      (manifest: Record<string, unknown>) => ({ ...manifest, limits: { memoryBytes: 512 * 1024 * 1024 } }),
    ],
    ['the capabilities', (manifest: Record<string, unknown>) => ({ ...manifest, capabilities: { kv: true } })],
  ])('can’t change %s of a signed version', async (_what, change) => {
    const { tenant, install, version } = await installedPlugin(stack, {
      tools: TOOLS,
      files: { 'other.mjs': 'export {};' },
    });
    const forged = JSON.stringify(change({ ...version.manifest }));
    await rows(stack, 'UPDATE versions SET manifest = $2 WHERE id = $1', [version.id, forged]);
    expect(await callTool(tenant, install.id, 'echo')).toMatchObject({
      state: 'refused',
      error: { code: 'artifact_corrupt' },
      usage: null,
      isolationLevel: null,
    });
  });
});

describe('a version that is no longer published', () => {
  const versions = async (made: Made) =>
    (await unwrap(made.tenant.client.GET('/v1/plugins', { params: { query: { query: made.publisher.slug } } }))).items;

  it('yanked takes no new installs, and serves those that are there', async () => {
    const made = await installedPlugin(stack, { tools: TOOLS });
    expect(await versions(made)).toHaveLength(1);
    await setState(made.version.id, 'yanked');
    expect(await versions(made)).toEqual([]);
    const again = made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin } });
    await expectCode(unwrap(again), 'not_found');
    expect(await callTool(made.tenant, made.install.id, 'echo', { a: 1 })).toMatchObject({ state: 'succeeded' });
  });

  it('revoked takes no runs, not even in a sandbox that is warm', async () => {
    const { tenant, install, version } = await installedPlugin(stack, { tools: TOOLS });
    expect(await callTool(tenant, install.id, 'echo')).toMatchObject({ state: 'succeeded' });
    await setState(version.id, 'revoked');
    await expectCode(callTool(tenant, install.id, 'echo'), 'version_not_published');
  });

  it('revoked ends a run that was claimed just before, by its first attempt', async () => {
    const { tenant, install, version } = await installedPlugin(stack, {
      tools: TOOLS,
      manifest: { limits: { timeoutMs: 60_000 } },
    });
    const run = await callTool(tenant, install.id, 'sleep', { ms: 50_000 }, { wait: 0 });
    await expect.poll(() => stateOf(run.id), { timeout: 20_000 }).toBe('running');
    await setState(version.id, 'revoked');
    const ended = await followRun(tenant.client, run.id);
    expect(ended).toMatchObject({ state: 'revoked', attempt: 1, error: { code: 'version_not_published' } });
  });

  it('is not published again by asking', async () => {
    const { publisher, version } = await installedPlugin(stack, { tools: TOOLS });
    await setState(version.id, 'revoked');
    for (const { client } of [publisher, stack.admin]) {
      const publish = client.POST('/v1/versions/{id}/publish', {
        params: { path: { id: version.id } },
        body: { sha256: version.sha256 },
      });
      await expectCode(unwrap(publish), 'version_not_publishable');
    }
  });
});

describe('an id', () => {
  it.each(['0', '-1', 'null', '..', '%2e%2e%2f', "' OR 1=1 --", `${randomUUID()}%00`, 'x'.repeat(3000), '🦊'])(
    'that is none, “%s”, is of nothing',
    async (id) => {
      const { send } = await import('../support/http.js');
      const tenant = await stack.createOrganization('tenant');
      const path = `/v1/runs/${id.includes('%') ? id : encodeURIComponent(id)}`;
      const answer = await send(stack, path, { key: tenant.apiKey });
      expect(answer.status).toBe(404);
      expect(['not_found', 'route_not_found']).toContain(answer.code);
    },
  );
});
