import { unwrap } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSucceededOnce } from '../support/accounts.js';
import { prerequisites } from '../support/globalSetup.js';
import { send } from '../support/http.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type Door, doorTo } from '../support/proxy.js';

const on = prerequisites();

/** The stack reaches both through doors; without servers that are named, it would start its own behind none. */
describe.runIf(on['databaseUrl'] !== undefined && on['redisUrl'] !== undefined)(
  'a stack that is cut off',
  { timeout: 60_000 },
  () => {
    let stack: OwnStack;
    let redis: Door;
    let postgres: Door;
    let made: Awaited<ReturnType<typeof installedPlugin>>;
    beforeAll(async () => {
      redis = await doorTo(on['redisUrl'] ?? '', 6379);
      postgres = await doorTo(on['databaseUrl'] ?? '', 5432);
      stack = await startOwnStack({ on: { redisUrl: redis.url, databaseUrl: postgres.url } });
      made = await installedPlugin(stack);
    });
    afterAll(async () => {
      redis.open();
      postgres.open();
      await stack.end();
      await Promise.all([redis.close(), postgres.close()]);
    });

    const readiness = () =>
      Promise.all(
        stack.running.processes.map(async ({ name, healthUrl }) => {
          const response = await fetch(`${healthUrl}/readyz`);
          const body = (await response.json()) as { failing?: string[] };
          return [name, response.status, body.failing ?? []] as const;
        }),
      );
    const allAre = (status: number, failing: string[]) =>
      stack.running.processes.map(({ name }) => [name, status, failing] as const);
    const alive = () =>
      Promise.all(
        stack.running.processes.map(({ healthUrl }) => fetch(`${healthUrl}/healthz`).then(({ status }) => status)),
      );
    const call = (input: Record<string, unknown>, wait = 0) =>
      callTool(made.tenant, made.install.id, 'echo', input, { wait });

    it('from Redis says so, takes runs, and carries them out afterwards', async () => {
      redis.shut();
      await expect.poll(readiness, { timeout: 30_000 }).toEqual(allAre(503, ['queues']));
      expect(await alive()).toEqual(allAre(200, []).map(([, status]) => status));
      const accepted = await Promise.all([1, 2, 3].map((n) => call({ n })));
      expect(accepted.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued']);
      redis.open();
      await expect.poll(readiness, { timeout: 30_000 }).toEqual(allAre(200, []));
      await expectSucceededOnce(
        stack,
        accepted.map(({ id }) => id),
      );
    });

    it('from Redis lets its executor stop in order', async () => {
      redis.shut();
      await expect.poll(readiness, { timeout: 30_000 }).toEqual(allAre(503, ['queues']));
      const executor = stack.running.process('executor');
      expect(await executor.stop()).toBeUndefined();
      redis.open();
      await executor.restart();
      await expectSucceededOnce(stack, [(await call({ back: true })).id]);
    });

    it('from Postgres says so, accepts nothing, and goes on afterwards', async () => {
      postgres.shut();
      await expect.poll(readiness, { timeout: 30_000 }).toEqual(allAre(503, ['database']));
      const path = `/v1/installs/${made.install.id}/tools/echo/runs`;
      const refused = await send(stack, path, { method: 'POST', key: made.tenant.apiKey, body: { input: {} } });
      expect(refused.status).toBeGreaterThanOrEqual(500);
      expect(refused.text).not.toMatch(/127\.0\.0\.1|ECONN|prisma|postgres/i);
      postgres.open();
      await expect.poll(readiness, { timeout: 30_000 }).toEqual(allAre(200, []));
      const run = await call({ after: true }, 30);
      expect(run).toMatchObject({ state: 'succeeded', output: { after: true } });
      await expectSucceededOnce(stack, [run.id]);
    });

    it('from Postgres in the middle of a run settles it once', async () => {
      const { tenant, install } = await installedPlugin(stack, {
        tools: { sleep: { body: 'await new Promise((done) => setTimeout(done, 2500)); return {}' } },
      });
      const run = await callTool(tenant, install.id, 'sleep', {}, { wait: 0 });
      const state = async () =>
        (await unwrap(tenant.client.GET('/v1/runs/{id}', { params: { path: { id: run.id } } }))).state;
      await expect.poll(state, { timeout: 20_000 }).toBe('running');
      postgres.shut();
      await expect.poll(readiness, { timeout: 30_000 }).toEqual(allAre(503, ['database']));
      postgres.open();
      await expectSucceededOnce(stack, [run.id]);
    });
  },
);
