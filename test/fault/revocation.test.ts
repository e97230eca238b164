/** The kill switch, on two executors: what it ends, what it leaves alone, and what it tells afterwards. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { followRun, type Run, unwrap } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { nameOf, startTestDns, type TestDns } from '../support/dns.js';
import { containersOf, Docker } from '../support/docker.js';
import { expectCode } from '../support/errors.js';
import { ASK_TOOL } from '../support/hostCalls.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';

type Made = Awaited<ReturnType<typeof installedPlugin>>;

const TOOLS = {
  echo: { body: 'return input' },
  ask: ASK_TOOL,
  hang: { body: `process.on('SIGTERM', () => {}); await new Promise((done) => setTimeout(done, 120_000))` },
};
const PLUGIN = { tools: TOOLS, manifest: { limits: { timeoutMs: 60_000 } } };
const WAIT = { timeout: 30_000 };
/** Of an address that the operator opened to fetches. */
const OPEN = '127.0.0.2';
const host = nameOf('good', OPEN);

let stack: OwnStack;
let docker: Docker;
let dns: TestDns;
let web: Server;
let neighbour: Made;
beforeAll(async () => {
  dns = await startTestDns();
  web = createServer((_request, response) => response.end('hello')).listen(0, OPEN);
  await once(web, 'listening');
  stack = await startOwnStack({
    replicas: { executor: 2 },
    environment: {
      ...{ PADDOCK_EXECUTOR_CONCURRENCY: '2', PADDOCK_EXECUTOR_MAX_SANDBOXES: '8', PADDOCK_LEASE_MS: '60000' },
      ...{ PADDOCK_FETCH_ALLOWED_NETWORKS: `${OPEN}/32`, PADDOCK_FETCH_DNS_SERVERS: dns.address },
    },
  });
  docker = new Docker(stack.dockerHost);
  neighbour = await installedPlugin(stack, { ...PLUGIN, name: 'neighbour' });
});
afterAll(async () => {
  await stack.end();
  web.close();
  dns.close();
});

const running = async (made: Made) => {
  const found = await rows<{ id: string }>(stack, `SELECT id FROM runs WHERE version_id = $1 AND state = 'running'`, [
    made.version.id,
  ]);
  return found.length;
};
const containers = (made: Made) => containersOf(docker, made.version.id);
const revoke = ({ version }: Made) =>
  unwrap(
    stack.admin.client.POST('/v1/versions/{id}/revoke', {
      params: { path: { id: version.id } },
      body: { reason: 'It was found to be malicious.' },
    }),
  );
const begin = (made: Made, tool: string) => callTool(made.tenant, made.install.id, tool, {}, { wait: 0 });

/** Runs on both executors, more than they take at once, and sandboxes that stand ready. */
async function busy(made: Made): Promise<Run[]> {
  // Demand makes spares: runs that come together find no warm sandbox.
  const other = await unwrap(made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin } }));
  await Promise.all([1, 2, 3, 4].map((n) => callTool(made.tenant, n % 2 ? other.id : made.install.id, 'echo')));
  const hanging = await Promise.all([1, 2, 3, 4, 5, 6].map(() => begin(made, 'hang')));
  await expect.poll(() => running(made), WAIT).toBe(4);
  await expect.poll(async () => (await containers(made)).length, WAIT).toBeGreaterThan(4);
  expect(new Set((await containers(made)).map(({ executor }) => executor)).size).toBe(2);
  return hanging;
}

describe('a revocation', () => {
  it('kills running, warm and spare sandboxes on every executor, ends what waits, and leaves others alone', async () => {
    const made = await installedPlugin(stack, { ...PLUGIN, name: 'bad' });
    const hanging = await busy(made);
    expect(await revoke(made)).toMatchObject({ state: 'revoked', decision: { by: 'admin' } });
    await expect.poll(() => containers(made), { timeout: 15_000, interval: 50 }).toEqual([]);

    const ended = await Promise.all(hanging.map(({ id }) => followRun(made.tenant.client, id)));
    expect(ended.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'revoked'));
    expect(ended.map(({ error }) => error?.code)).toEqual(Array.from({ length: 6 }, () => 'version_not_published'));
    // What was under way is billed for what it used; what waited was never started.
    expect(ended.filter(({ startedAt }) => startedAt !== null)).toHaveLength(4);
    expect(ended.some(({ usage }) => (usage?.cpuUs ?? 0) > 0)).toBe(true);
    expect(ended.filter(({ startedAt, usage }) => startedAt === null && usage === null)).toHaveLength(2);
    const settlements = await rows(
      stack,
      `SELECT 1 FROM audit_events WHERE event = 'run.settled' AND data->>'outcome' = 'revoked' AND subject_id = ANY($1)`,
      [hanging.map(({ id }) => id)],
    );
    expect(settlements).toHaveLength(6);

    await expectCode(begin(made, 'echo'), 'version_not_published');
    await expectCode(
      unwrap(made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin } })),
      'not_found',
    );
    const other = await callTool(neighbour.tenant, neighbour.install.id, 'echo', { still: 'here' });
    expect(other).toMatchObject({ state: 'succeeded', output: { still: 'here' } });
    expect(await containers(made)).toEqual([]);
    expect(await revoke(made)).toMatchObject({ state: 'revoked' });
  });

  it('whose word is lost is found by each executor itself', async () => {
    const made = await installedPlugin(stack, { ...PLUGIN, name: 'unheard' });
    const hanging = await busy(made);
    await rows(stack, `UPDATE versions SET state = 'revoked' WHERE id = $1`, [made.version.id]);
    await expect.poll(() => containers(made), { timeout: 15_000, interval: 50 }).toEqual([]);
    const ended = await Promise.all(hanging.map(({ id }) => followRun(made.tenant.client, id)));
    expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(['revoked']));
  });
});

describe('an exposure report', () => {
  let made: Made;
  let granted: string;
  let run: Run;
  beforeAll(async () => {
    const capabilities = { http: [host, 'never.example'], kv: true, secrets: ['TOKEN', 'OTHER', 'UNSET'] };
    made = await installedPlugin(stack, { ...PLUGIN, name: 'curious', manifest: { capabilities } });
    const grants = { http: [host], secrets: ['TOKEN', 'OTHER', 'UNSET'] };
    const { client } = made.tenant;
    const install = await unwrap(client.POST('/v1/installs', { body: { plugin: made.version.plugin, grants } }));
    granted = install.id;
    for (const name of ['TOKEN', 'OTHER'])
      await unwrap(
        client.PUT('/v1/installs/{id}/secrets/{name}', {
          params: { path: { id: granted, name } },
          body: { value: `the value of ${name}` },
        }),
      );
    const { port } = web.address() as AddressInfo;
    const fetch = ['host/http.fetch', { url: `http://${host}:${port}/` }];
    const calls = [fetch, fetch, ['host/secrets.get', { name: 'TOKEN' }], ['host/kv.get', { key: 'a' }]];
    run = await callTool(made.tenant, granted, 'ask', { calls });
    expect(run.state).toBe('succeeded');
    await revoke(made);
  });
  const exposure = async (client: typeof stack.admin.client) =>
    (await unwrap(client.GET('/v1/versions/{id}/exposure', { params: { path: { id: made.version.id } } }))).items;

  it('tells a tenant what its own installs gave the version to reach, and the admin everybody’s', async () => {
    const mine = await exposure(made.tenant.client);
    expect(mine.map(({ installId }) => installId).sort()).toEqual([made.install.id, granted].sort());
    expect(mine.find(({ installId }) => installId === granted)).toMatchObject({
      organization: { slug: made.tenant.slug },
      current: true,
      grants: { http: [host], secrets: ['TOKEN', 'OTHER', 'UNSET'] },
      secrets: [
        { name: 'TOKEN', read: 1 },
        { name: 'OTHER', read: 0 },
      ],
      runs: { total: 1, underWay: 0, firstAt: run.startedAt, lastAt: run.startedAt, newest: [run.id] },
      fetched: [{ host, requests: 2 }],
      answered: [
        { service: 'http.fetch', requests: 2 },
        { service: 'secrets.get', requests: 1 },
      ],
      refused: 1,
    });
    expect(mine.find(({ installId }) => installId === made.install.id)).toMatchObject({
      ...{ secrets: [], fetched: [], answered: [], refused: 0 },
      runs: { total: 0, firstAt: null, newest: [] },
    });
    expect(JSON.stringify(mine)).not.toContain('the value of');
    expect(await exposure(stack.admin.client)).toEqual(mine);
  });

  it('tells nobody else anything of it', async () => {
    expect(await exposure(neighbour.tenant.client)).toEqual([]);
    // Its publisher does not learn who its tenants are.
    expect(await exposure(made.publisher.client)).toEqual([]);
  });

  it('still tells it once the install and its secrets are gone', async () => {
    const params = { path: { id: granted } };
    await made.tenant.client.DELETE('/v1/installs/{id}', { params });
    const entry = (await exposure(made.tenant.client)).find(({ installId }) => installId === granted);
    expect(entry).toMatchObject({
      removedAt: expect.any(String) as string,
      secrets: [{ name: 'TOKEN', read: 1 }, { name: 'OTHER' }],
      fetched: [{ host, requests: 2 }],
    });
  });
});
