import { randomUUID } from 'node:crypto';
import {
  type BlobInfo,
  type components,
  followVersion,
  type Install,
  type Run,
  unwrap,
  uploadBlob,
  type Version,
} from '@paddock/client';
import type { RegistryKeys } from '@paddock/contracts';
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
  trustedPublisherId: string;
  otherApiKeyId: string;
  blob: BlobInfo;
  report: components['schemas']['AbuseReport'];
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
    publishedPlugin(stack, org, {
      name: 'published',
      tools: TOOLS,
      manifest: { limits: { timeoutMs: 60_000 }, capabilities: { secrets: ['TOKEN'] } },
    }),
    verifiedPlugin(stack, org, { name: 'accepted' }),
    verifiedPlugin(stack, org, { name: 'in-review', files: { 'more.mjs': 'export default eval' + '(input);' } }),
    verifiedPlugin(stack, org, { name: 'rejected', manifest: { image: 'debian' } }),
  ]);
  const install = () =>
    unwrap(org.client.POST('/v1/installs', { body: { plugin: published.plugin, grants: { secrets: ['TOKEN'] } } }));
  const [kept, removed] = await Promise.all([install(), install()]);
  await org.client.DELETE('/v1/installs/{id}', { params: { path: { id: removed.id } } });
  await unwrap(
    org.client.PUT('/v1/installs/{id}/secrets/{name}', {
      params: { path: { id: kept.id, name: 'TOKEN' } },
      body: { value: 'the owner’s token' },
    }),
  );
  const settled = await callTool(org, kept.id, 'echo', { secret: 'of the owner' });
  const running = await callTool(org, kept.id, 'sleep', {}, { wait: 0 });
  await unwrap(
    org.client.POST('/v1/versions/{id}/messages', {
      params: { path: { id: inReview.id } },
      body: { text: 'a message of the owner' },
    }),
  );
  const reported = await publishedPlugin(stack, await stack.createOrganization());
  const report = await unwrap(
    org.client.POST('/v1/versions/{id}/reports', {
      params: { path: { id: reported.id } },
      body: { category: 'spam', text: 'a report of the owner' },
    }),
  );
  const { keyId } = await registerKey(org);
  const trusted = await unwrap(
    org.client.POST('/v1/trusted-publishers', {
      body: { name: 'ci', issuer: 'https://ci.test', identity: 'of the owner' },
    }),
  );
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
    trustedPublisherId: trusted.id,
    report,
    otherApiKeyId: apiKey.id,
    blob: await uploadBlob({ url: stack.apiUrl, apiKey: org.apiKey }, new Blob(['bytes of the owner'])),
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
    const tables = [
      'api_keys',
      'signing_keys',
      'trusted_publishers',
      'plugins',
      'versions',
      'installs',
      'usage_records',
      'audit_events',
      'secrets',
      'kv_entries',
      'blobs',
      'version_messages',
      'abuse_reports',
      'notices',
    ];
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
  'PATCH /v1/installs/{id}': () => ids(owner.install.id, owner.removed.id),
  'DELETE /v1/installs/{id}': () => ids(owner.install.id, owner.removed.id),
  'POST /v1/installs/{id}/tools/{tool}/runs': () => [
    { id: owner.install.id, tool: 'echo' },
    { id: owner.install.id, tool: 'other' },
  ],
  'GET /v1/installs/{id}/abilities': () => ids(owner.install.id, owner.removed.id),
  'GET /v1/installs/{id}/secrets': () => ids(owner.install.id, owner.removed.id),
  'PUT /v1/installs/{id}/secrets/{name}': () => [
    { id: owner.install.id, name: 'TOKEN' },
    { id: owner.removed.id, name: 'TOKEN' },
  ],
  'DELETE /v1/installs/{id}/secrets/{name}': () => [{ id: owner.install.id, name: 'TOKEN' }],
  'GET /v1/blobs/{id}': () => ids(owner.blob.id),
  'GET /v1/blobs/{id}/content': () => ids(owner.blob.id),
  'DELETE /v1/blobs/{id}': () => ids(owner.blob.id),
  'GET /v1/runs/{id}': () => ids(owner.settled.id, owner.running.id),
  'POST /v1/runs/{id}/cancel': () => ids(owner.settled.id, owner.running.id),
  'DELETE /v1/api-keys/{id}': () => ids(owner.otherApiKeyId),
  'POST /v1/trusted-publishers/{id}/revoke': () => ids(owner.trustedPublisherId),
  'POST /v1/signing-keys/{keyId}/revoke': () => [{ keyId: owner.keyId }],
  'GET /v1/versions/{id}': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/abilities': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/bundle': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/signature': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/countersignature': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/evidence/{name}': () =>
    [owner.unpublished.id, owner.inReview.id, owner.rejected.id].map((id) => ({ id, name: 'findings' })),
  'GET /v1/versions/{id}/difference': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/files': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'GET /v1/versions/{id}/files/content': () =>
    ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id, owner.published.id),
  'POST /v1/versions/{id}/publish': () =>
    ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id, owner.published.id),
  'POST /v1/versions/{id}/reject': () => ids(owner.unpublished.id, owner.inReview.id),
  'GET /v1/versions/{id}/exposure': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'POST /v1/versions/{id}/yank': () => ids(owner.published.id, owner.unpublished.id),
  'POST /v1/versions/{id}/unyank': () => ids(owner.published.id, owner.unpublished.id),
  'PUT /v1/versions/{id}/deprecation': () => ids(owner.published.id, owner.unpublished.id),
  'DELETE /v1/versions/{id}/deprecation': () => ids(owner.published.id, owner.unpublished.id),
  'POST /v1/versions/{id}/revoke': () => ids(owner.published.id),
  'POST /v1/versions/{id}/verification': () => ids(owner.published.id, owner.inReview.id),
  'GET /v1/versions/{id}/messages': () => ids(owner.published.id, owner.unpublished.id, owner.inReview.id),
  'POST /v1/versions/{id}/messages': () => ids(owner.published.id, owner.unpublished.id, owner.inReview.id),
  'POST /v1/versions/{id}/reports': () => ids(owner.unpublished.id, owner.inReview.id, owner.rejected.id),
  'POST /v1/reports/{id}/resolve': () => ids(owner.report.id),
  'GET /v1/plugins/{publisher}/{name}': () =>
    ['accepted', 'in-review', 'rejected'].map((name) => ({ publisher: owner.slug, name })),
};
const missing = (params: Record<string, string>): Record<string, string> => ({
  ...params,
  ...('id' in params ? { id: randomUUID() } : {}),
  ...('keyId' in params ? { keyId: '0'.repeat(64) } : {}),
  ...('publisher' in params ? { publisher: 'nobody' } : {}),
});
const queries: Record<string, string> = { 'GET /v1/versions/{id}/files/content': '?path=plugin.json' };
const bodies: Record<string, object> = {
  'POST /v1/versions/{id}/publish': { sha256: '0'.repeat(64) },
  'POST /v1/trusted-publishers/{id}/revoke': { reason: 'none' },
  'POST /v1/signing-keys/{keyId}/revoke': { reason: 'none' },
  'POST /v1/versions/{id}/reject': { reason: 'none' },
  'POST /v1/versions/{id}/revoke': { reason: 'none' },
  'POST /v1/versions/{id}/yank': { reason: 'none' },
  'PUT /v1/versions/{id}/deprecation': { message: 'none' },
  'POST /v1/versions/{id}/messages': { text: 'a stranger’s' },
  'POST /v1/versions/{id}/reports': { category: 'spam', text: 'a stranger’s' },
  'POST /v1/reports/{id}/resolve': { resolution: 'none' },
  'PATCH /v1/installs/{id}': { upgradePolicy: 'compatible' },
  'PUT /v1/installs/{id}/secrets/{name}': { value: 'a stranger’s' },
};

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
      send(stack, `${pathOf(operation, params)}${queries[name] ?? ''}`, {
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

  it('can’t be given to a run of one’s own', async () => {
    const install = await unwrap(stranger.client.POST('/v1/installs', { body: { plugin: owner.published.plugin } }));
    const ask = (blob: string) =>
      send(stack, `/v1/installs/${install.id}/tools/echo/runs`, {
        method: 'POST',
        key: stranger.apiKey,
        body: { blobs: { data: blob } },
      });
    const [theirs, nothing] = [await ask(owner.blob.id), await ask(randomUUID())];
    expect([theirs.status, theirs.code, theirs.text]).toEqual([404, 'not_found', nothing.text]);
  });

  it('is in no list, whatever is asked for', async () => {
    const theirs = [owner.id, owner.unpublished.id, owner.inReview.id, owner.rejected.id, owner.install.id]
      .concat([owner.removed.id, owner.settled.id, owner.running.id, owner.keyId, owner.otherApiKeyId, owner.blob.id])
      .concat([owner.report.id])
      .concat(['of the owner', '/accepted', '/in-review', '/rejected']);
    const { json: registry } = await send(stack, '/.well-known/paddock-keys.json');
    const narrowed: Record<string, string[]> = {
      after: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '0', owner.settled.id],
      installId: [owner.install.id],
      organizationId: [owner.id],
      subjectId: [owner.settled.id, owner.id],
      actorId: [owner.otherApiKeyId],
      query: [owner.slug],
      plugin: [owner.unpublished, owner.inReview, owner.rejected].flatMap(({ plugin, version }) => [
        plugin,
        `${plugin}@${version}`,
      ]),
      state: ['queued', 'running', 'succeeded', 'accepted', 'review', 'rejected'],
      event: ['run.settled'],
      countersignedBy: (registry as unknown as RegistryKeys).keys.map(({ keyId }) => keyId),
      order: ['sequence', 'oldest'],
      from: ['2000-01-01T00:00:00Z'],
      to: ['2100-01-01T00:00:00Z'],
      limit: ['200'],
      open: ['true', 'false'],
      unread: ['true', 'false'],
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
    const plugin = owner.published.plugin.replace(/^[^/]+/, stranger.slug);
    const version = await verifiedPlugin(stack, stranger, { manifest: { name: plugin } });
    expect(version.plugin).toBe(plugin);
    expect(await followVersion(owner.client, owner.published.id)).toMatchObject({ state: 'published' });
  });
});
