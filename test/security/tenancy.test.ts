import { randomUUID } from 'node:crypto';
import { followVersion, type Install, type Run, unwrap, type Version } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { onDatabase } from '../support/database.js';
import { send } from '../support/http.js';
import { type Operation, operations, pathOf } from '../support/openapi.js';
import { callTool, publishedPlugin, registerKey, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

/** Somebody who has one of everything. */
interface Owner extends TestOrganization {
  published: Version;
  unpublished: Version;
  inReview: Version;
  rejected: Version;
  install: Install;
  removed: Install;
  settled: Run;
  running: Run;
  keyId: string;
  otherApiKeyId: string;
}

const TOOLS = {
  echo: { body: 'return input' },
  sleep: { body: 'await new Promise((done) => setTimeout(done, 60_000))' },
};

let stack: TestStack;
let all: Operation[];
let owner: Owner;
let stranger: TestOrganization;

async function makeOwner(): Promise<Owner> {
  const org = await stack.createOrganization('owner');
  const [published, unpublished, inReview, rejected] = await Promise.all([
    publishedPlugin(stack, org, { name: 'published', tools: TOOLS, manifest: { limits: { timeoutMs: 60_000 } } }),
    verifiedPlugin(stack, org, { name: 'accepted' }),
    verifiedPlugin(stack, org, { name: 'in-review', files: { 'more.mjs': 'export default eval' + '(input);' } }),
    verifiedPlugin(stack, org, { name: 'rejected', manifest: { image: 'debian' } }),
  ]);
  const install = () => unwrap(org.client.POST('/v1/installs', { body: { plugin: published.plugin } }));
  const [kept, removed] = await Promise.all([install(), install()]);
  await org.client.DELETE('/v1/installs/{id}', { params: { path: { id: removed.id } } });
  const settled = await callTool(org, kept.id, 'echo', { secret: 'of the owner' });
  const running = await callTool(org, kept.id, 'sleep', {}, { wait: 0 });
  const { keyId } = await registerKey(org);
  const apiKey = await unwrap(org.client.POST('/v1/api-keys', { body: { name: 'other', role: 'member' } }));
  return {
    ...org,
    published,
    unpublished,
    inReview,
    rejected,
    install: kept,
    removed,
    settled,
    running,
    keyId,
    otherApiKeyId: apiKey.id,
  };
}

beforeAll(async () => {
  stack = await testStack();
  all = await operations(stack);
  [owner, stranger] = await Promise.all([makeOwner(), stack.createOrganization('stranger')]);
  expect([owner.unpublished.state, owner.inReview.state, owner.rejected.state]).toEqual([
    'accepted',
    'review',
    'rejected',
  ]);
  return async () => {
    await owner.client.POST('/v1/runs/{id}/cancel', { params: { path: { id: owner.running.id } } });
  };
});

/** Everything that stands in the database of the owner's, and of its audit trail. */
const snapshot = () =>
  onDatabase(stack, async (client) => {
    const tables = ['api_keys', 'signing_keys', 'plugins', 'versions', 'installs', 'usage_records', 'audit_events'];
    const found: Record<string, unknown> = {};
    for (const table of tables) {
      const { rows } = await client.query(`SELECT * FROM ${table} WHERE organization_id = $1 ORDER BY 1`, [owner.id]);
      found[table] = rows;
    }
    const { rows } = await client.query(
      'SELECT id, state, cancel_requested_at FROM runs WHERE organization_id = $1 ORDER BY 1',
      [owner.id],
    );
    return { ...found, runs: rows };
  });

const ids = (...values: string[]) => values.map((id) => ({ id }));
/** For each operation on something that is somebody's: what of the owner's a stranger could name. */
const foreign: Record<string, () => Record<string, string>[]> = {
  'GET /v1/installs/{id}': () => ids(owner.install.id, owner.removed.id),
  'DELETE /v1/installs/{id}': () => ids(owner.install.id, owner.removed.id),
  'POST /v1/installs/{id}/tools/{tool}/runs': () => [
    { id: owner.install.id, tool: 'echo' },
    { id: owner.install.id, tool: 'other' },
  ],
  'GET /v1/runs/{id}': () => ids(owner.settled.id, owner.running.id),
  'POST /v1/runs/{id}/cancel': () => ids(owner.settled.id, owner.running.id),
  'DELETE /v1/api-keys/{id}': () => ids(owner.otherApiKeyId),
  'DELETE /v1/signing-keys/{keyId}': () => [{ keyId: owner.keyId }],
  'GET /v1/versions/{id}': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'POST /v1/versions/{id}/publish': () =>
    ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id, owner.published.id),
  'POST /v1/versions/{id}/reject': () => ids(owner.unpublished.id, owner.inReview.id),
  'GET /v1/plugins/{publisher}/{name}': () =>
    ['accepted', 'in-review', 'rejected'].map((name) => ({ publisher: owner.slug, name })),
};
const missing = (params: Record<string, string>): Record<string, string> => ({
  ...params,
  ...('id' in params ? { id: randomUUID() } : {}),
  ...('keyId' in params ? { keyId: '0'.repeat(64) } : {}),
  ...('publisher' in params ? { publisher: 'nobody' } : {}),
});
const bodies: Record<string, object> = { 'POST /v1/versions/{id}/reject': { reason: 'none' } };

describe('what is another organization’s', () => {
  it('is known to this test for every operation that names something', () => {
    const named = all.filter(({ pathParameters }) => pathParameters.length > 0).map(({ name }) => name);
    expect(Object.keys(foreign).sort()).toEqual(named.sort());
  });

  it.each(Object.keys(foreign))('is to %s as if it were not there', async (name) => {
    const operation = all.find((each) => each.name === name);
    if (operation === undefined) throw new Error(`there is no ${name}`);
    const { method, bodyType, roles } = operation;
    const ask = (params: Record<string, string>) =>
      send(stack, pathOf(operation, params), {
        method,
        key: stranger.apiKey,
        ...(bodyType === undefined ? {} : { body: bodies[name] ?? {} }),
      });
    const before = await snapshot();
    for (const params of foreign[name]?.() ?? []) {
      const [theirs, nothing] = [await ask(params), await ask(missing(params))];
      const expected = roles.includes('owner') ? [404, 'not_found'] : [403, 'not_allowed'];
      expect([theirs.status, theirs.code]).toEqual(expected);
      // A plugin's name stands in the answer as it was asked for.
      const { publisher = owner.slug } = params;
      expect(theirs.text.replaceAll(publisher, 'nobody')).toBe(nothing.text);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('can’t be installed before it is published, and looks like nothing', async () => {
    const install = (plugin: string) =>
      send(stack, '/v1/installs', { method: 'POST', key: stranger.apiKey, body: { plugin } });
    for (const { plugin } of [owner.unpublished, owner.inReview, owner.rejected]) {
      const theirs = await install(plugin);
      const nothing = await install('nobody/nothing');
      expect(theirs).toMatchObject({ status: 404, code: 'not_found' });
      expect(theirs.text.replaceAll(plugin, 'nobody/nothing')).toBe(nothing.text);
    }
  });

  it('can’t be reached by running it through an install of one’s own', async () => {
    const install = await unwrap(stranger.client.POST('/v1/installs', { body: { plugin: owner.published.plugin } }));
    const run = await callTool(stranger, install.id, 'echo', { mine: true });
    expect(run).toMatchObject({ state: 'succeeded', output: { mine: true } });
    expect(JSON.stringify(await unwrap(owner.client.GET('/v1/runs', { params: { query: {} } })))).not.toContain(run.id);
  });

  it('is in no list, whatever is asked for', async () => {
    const theirs = [owner.id, owner.unpublished.id, owner.inReview.id, owner.rejected.id, owner.install.id]
      .concat([owner.removed.id, owner.settled.id, owner.running.id, owner.keyId, owner.otherApiKeyId])
      .concat(['of the owner', '/accepted', '/in-review', '/rejected']);
    const narrowed: Record<string, string[]> = {
      after: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '0', owner.settled.id],
      installId: [owner.install.id],
      organizationId: [owner.id],
      subjectId: [owner.settled.id, owner.id],
      actorId: [owner.otherApiKeyId],
      query: [owner.slug],
      state: ['queued', 'running', 'succeeded', 'accepted', 'review', 'rejected'],
      event: ['run.settled'],
      order: ['sequence'],
      from: ['2000-01-01T00:00:00Z'],
      to: ['2100-01-01T00:00:00Z'],
      limit: ['200'],
    };
    const lists = all.filter(
      ({ method, pathParameters, roles }) => method === 'GET' && pathParameters.length === 0 && roles.includes('owner'),
    );
    expect(lists.length).toBeGreaterThan(5);
    let answers = 0;
    for (const { path, queryParameters } of lists) {
      const queries = [
        '',
        ...queryParameters.flatMap((name) => narrowed[name]?.map((value) => `?${name}=${value}`) ?? [name]),
      ];
      for (const query of queries) {
        expect(query, `${path} has a query parameter that this test does not know`).toMatch(/^(\?|$)/);
        const { status, text } = await send(stack, `${path}${query}`, { key: stranger.apiKey });
        expect([200, 403, 422], `${path}${query}`).toContain(status);
        for (const each of theirs) expect(text, `${path}${query}`).not.toContain(each);
        answers += status === 200 ? 1 : 0;
      }
    }
    expect(answers).toBeGreaterThan(20);
  });

  it('is not uploaded to under its name', async () => {
    // The statement’s publisher is checked against the caller’s own name, so the owner’s key does not help either.
    const version = await verifiedPlugin(stack, stranger, { name: 'published' });
    expect(version.plugin).toBe(`${stranger.slug}/published`);
    expect(await followVersion(owner.client, owner.published.id)).toMatchObject({ state: 'published' });
  });
});
