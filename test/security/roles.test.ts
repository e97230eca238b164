import { randomBytes, randomUUID } from 'node:crypto';
import { generateKeyPair } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import { ROLES, type Role } from '@paddock/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { send } from '../support/http.js';
import { type Operation, operations, pathOf } from '../support/openapi.js';
import { publishedPlugin, registerKey, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
let tenant: TestOrganization;
let all: Operation[];
const keys: Record<string, string> = {};

const keyOf = async ({ client }: TestOrganization, role: Role, expiresAt?: Date) =>
  unwrap(
    client.POST('/v1/api-keys', {
      body: { name: role, role, ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }) },
    }),
  );

beforeAll(async () => {
  stack = await testStack();
  all = await operations(stack);
  tenant = await stack.createOrganization('tenant');
  for (const role of ROLES) {
    keys[role] = (await keyOf(tenant, role)).secret;
    keys[`platform ${role}`] = (await keyOf(stack.admin, role)).secret;
  }
});

/** Names things that are nobody's. */
const nowhere = () => ({ id: randomUUID(), keyId: '0'.repeat(64), publisher: 'nobody', name: 'nothing', tool: 'none' });

/** A request that is refused for its content by whoever looks at that, and changes nothing. */
const empty = ({ method, bodyType }: Operation) => ({
  method,
  ...(bodyType === undefined ? {} : { headers: { 'Content-Type': bodyType }, body: '[]' }),
});

describe('a role', () => {
  it.each(ROLES.flatMap((role) => [role, `platform ${role}`]))(
    '%s may do what x-roles says, and nothing else',
    async (who) => {
      const isPlatform = who.startsWith('platform ');
      const role = who.replace('platform ', '');
      for (const operation of all) {
        const may = operation.roles.includes(role) || (isPlatform && operation.roles.includes(who));
        const answer = await send(stack, pathOf(operation, nowhere()), { ...empty(operation), key: keys[who] });
        const got = [operation.name, answer.code === 'not_allowed', answer.status === 403];
        expect(got).toEqual([operation.name, !may, !may]);
        expect(answer.status, operation.name).toBeLessThan(500);
      }
    },
  );

  it('can’t make a key of a stronger one', async () => {
    const make = (who: string, role: Role) =>
      send(stack, '/v1/api-keys', { method: 'POST', key: keys[who], body: { name: 'more', role } });
    expect(await make('admin', 'owner')).toMatchObject({ status: 403, code: 'not_allowed' });
    expect(await make('admin', 'admin')).toMatchObject({ status: 201 });
    expect(await make('member', 'auditor')).toMatchObject({ status: 403, code: 'not_allowed' });
    expect(await make('owner', 'owner')).toMatchObject({ status: 201 });
  });
});

describe('a key that is none', () => {
  const wrong: [what: string, key: () => Promise<string> | string][] = [
    ['nothing', () => ''],
    ['another scheme', () => 'Basic cGFkZG9jazpwYWRkb2Nr'],
    ['no secret', () => 'Bearer '],
    ['noise', () => `Bearer ${randomBytes(40).toString('base64url')}`],
    ['two keys', () => `Bearer ${tenant.apiKey} ${tenant.apiKey}`],
    ['a key of the right form', () => `Bearer pdk_${'A'.repeat(12)}_${'A'.repeat(43)}`],
    ['a known key with another secret', () => `Bearer ${tenant.apiKey.slice(0, -43)}${'A'.repeat(43)}`],
    ['a known key cut short', () => `Bearer ${tenant.apiKey.slice(0, -1)}`],
    ['a known key made longer', () => `Bearer ${tenant.apiKey}A`],
    ['a LIKE pattern', () => `Bearer pdk_%_${'A'.repeat(43)}`],
    ['10 kB', () => `Bearer ${'A'.repeat(10_000)}`],
    [
      'a key that has run out',
      async () => `Bearer ${(await keyOf(tenant, 'owner', new Date(Date.now() - 1000))).secret}`,
    ],
    [
      'a revoked key',
      async () => {
        const { id, secret } = await keyOf(tenant, 'owner');
        const asked = () => send(stack, '/v1/me', { key: secret });
        expect((await asked()).status).toBe(200);
        await unwrap(tenant.client.DELETE('/v1/api-keys/{id}', { params: { path: { id } } }));
        expect((await asked()).status).toBe(401);
        return `Bearer ${secret}`;
      },
    ],
  ];

  it.each(wrong)('%s opens no operation', async (_what, key) => {
    const authorization = await key();
    const texts = new Set<string>();
    for (const operation of all) {
      const { headers, ...rest } = { headers: {}, ...empty(operation) };
      const answer = await send(stack, pathOf(operation, nowhere()), {
        ...rest,
        headers: { ...headers, ...(authorization === '' ? {} : { Authorization: authorization }) },
      });
      expect([operation.name, answer.status, answer.code]).toEqual([operation.name, 401, 'not_authenticated']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      texts.add(answer.text);
    }
    expect(texts.size).toBe(1);
  });

  it('is not what stands in the database', async () => {
    const found = await rows<{ text: string }>(
      stack,
      'SELECT k::text AS text FROM api_keys k WHERE organization_id = $1',
      [tenant.id],
    );
    expect(found.length).toBeGreaterThan(3);
    for (const { text } of found) expect(text).not.toContain(tenant.apiKey.slice(-43));
  });
});

/** About a package that nobody has. */
const ADVISORY = {
  ...{ id: 'TEST-2026-1', summary: 'none', vectors: [], rating: null, withdrawn: false },
  affected: [{ ecosystem: 'npm', name: 'nobody-has-this', ranges: [], versions: ['1.0.0'] }],
};

describe('what a request may not say', () => {
  /** A good request of every operation that takes JSON, by whoever may make it. */
  async function good(): Promise<
    Record<string, { path: Record<string, string>; body: Record<string, unknown>; key?: string }>
  > {
    const publisher = await stack.createOrganization('publisher');
    const capabilities = { secrets: ['TOKEN'] };
    const published = await publishedPlugin(stack, publisher, { manifest: { capabilities } });
    const bad = await publishedPlugin(stack, publisher, { name: 'bad' });
    const old = await publishedPlugin(stack, publisher, { name: 'old' });
    const mine = await Promise.all(['one', 'two'].map((name) => verifiedPlugin(stack, tenant, { name })));
    const install = await unwrap(
      tenant.client.POST('/v1/installs', { body: { plugin: published.plugin, grants: capabilities } }),
    );
    const { publicKey } = await generateKeyPair();
    const lost = await registerKey(tenant, 'lost');
    const trusted = await unwrap(
      tenant.client.POST('/v1/trusted-publishers', { body: { name: 'ci', issuer: 'https://ci.test', identity: 'ci' } }),
    );
    const report = await unwrap(
      tenant.client.POST('/v1/versions/{id}/reports', {
        params: { path: { id: bad.id } },
        body: { category: 'other', text: 'look at it' },
      }),
    );
    return {
      'POST /v1/advisories': { path: {}, key: stack.adminKey, body: { advisories: [ADVISORY] } },
      'POST /v1/api-keys': { path: {}, body: { name: 'more', role: 'auditor' } },
      'POST /v1/installs': { path: {}, body: { plugin: published.plugin } },
      'POST /v1/organizations': {
        path: {},
        key: stack.adminKey,
        body: { slug: `o-${randomBytes(6).toString('hex')}`, displayName: 'x' },
      },
      'POST /v1/installs/{id}/tools/{tool}/runs': { path: { id: install.id, tool: 'echo' }, body: { input: {} } },
      'PUT /v1/installs/{id}/secrets/{name}': { path: { id: install.id, name: 'TOKEN' }, body: { value: 'a token' } },
      'PATCH /v1/installs/{id}': { path: { id: install.id }, body: { upgradePolicy: 'none' } },
      'POST /v1/notices/read': { path: {}, body: { until: randomUUID() } },
      'PATCH /v1/organization': { path: {}, body: { signatureThreshold: 1 } },
      'POST /v1/signing-keys': { path: {}, body: { name: 'more', publicKey } },
      'POST /v1/versions/{id}/publish': { path: { id: mine[0]?.id ?? '' }, body: { sha256: mine[0]?.sha256 } },
      'POST /v1/trusted-publishers': { path: {}, body: { name: 'ci', issuer: 'https://ci.test', identity: 'ci' } },
      'POST /v1/trusted-publishers/{id}/revoke': { path: { id: trusted.id }, body: { reason: 'lost' } },
      'POST /v1/signing-keys/{keyId}/revoke': { path: { keyId: lost.keyId }, body: { reason: 'lost' } },
      'POST /v1/versions/{id}/reject': {
        path: { id: mine[1]?.id ?? '' },
        key: stack.adminKey,
        body: { reason: 'none' },
      },
      'POST /v1/versions/{id}/messages': { path: { id: mine[0]?.id ?? '' }, body: { text: 'why?' } },
      'POST /v1/versions/{id}/reports': { path: { id: bad.id }, body: { category: 'spam', text: 'it is' } },
      'POST /v1/reports/{id}/resolve': { path: { id: report.id }, key: stack.adminKey, body: { resolution: 'seen' } },
      'POST /v1/versions/{id}/yank': { path: { id: old.id }, key: stack.adminKey, body: { reason: 'none' } },
      'POST /v1/versions/{id}/unyank': { path: { id: old.id }, key: stack.adminKey, body: {} },
      'PUT /v1/versions/{id}/deprecation': { path: { id: old.id }, key: stack.adminKey, body: { message: 'old' } },
      'POST /v1/versions/{id}/revoke': { path: { id: bad.id }, key: stack.adminKey, body: { reason: 'none' } },
    };
  }
  const extras = {
    tenantId: randomUUID(),
    organizationId: randomUUID(),
    organization_id: randomUUID(),
    role: 'owner',
    platform: true,
    id: randomUUID(),
    state: 'published',
    createdAt: '2000-01-01T00:00:00Z',
    constructor: { prototype: { polluted: true } },
  };

  it('is more than its operation takes', async () => {
    const requests = await good();
    const taking = all.filter(({ bodyType }) => bodyType === 'application/json');
    expect(Object.keys(requests).sort()).toEqual(taking.map(({ name }) => name).sort());
    for (const operation of taking) {
      const { path, body, key = tenant.apiKey } = requests[operation.name] ?? { path: {}, body: {} };
      const ask = (sent: unknown) =>
        send(stack, pathOf(operation, path), { method: operation.method, key, body: sent });
      for (const [name, value] of Object.entries(extras)) {
        if (name in body) continue;
        const answer = await ask({ ...body, [name]: value });
        expect([operation.name, name, answer.status, answer.code]).toEqual([
          operation.name,
          name,
          422,
          'invalid_request',
        ]);
        expect(answer.json['issues']).toMatchObject([{ path: '/body' }]);
      }
      const proto = await ask(
        JSON.stringify(body).replace('{', `{"__proto__":{"role":"owner"}${Object.keys(body).length > 0 ? ',' : ''}`),
      );
      expect(proto.status, operation.name).toBeGreaterThanOrEqual(400);
      expect((await ask(body)).status, operation.name).toBeLessThan(300);
    }
  });

  it('is a query that its operation does not know', async () => {
    for (const operation of all.filter(({ queryParameters }) => queryParameters.length > 0)) {
      for (const query of ['tenantId=x', 'limit=1&limit=2&x=1', '__proto__=x', 'limit[a]=1']) {
        const answer = await send(stack, `${pathOf(operation, nowhere())}?${query}`, { key: keys['owner'] });
        expect([operation.name, query, answer.code]).toEqual([operation.name, query, 'invalid_request']);
      }
    }
  });

  it('is a NUL or half a surrogate pair, wherever a text is taken', async () => {
    const { id, sha256 } = await verifiedPlugin(stack, tenant, { name: 'texts' });
    const texts: [operation: string, body: Record<string, unknown>][] = [
      ['POST /v1/api-keys', { name: 'a\0b', role: 'auditor' }],
      ['POST /v1/organizations', { slug: `o-${randomBytes(6).toString('hex')}`, displayName: 'a\0b' }],
      ['POST /v1/signing-keys', { name: 'a\0b', publicKey: (await generateKeyPair()).publicKey }],
      ['POST /v1/signing-keys', { name: 'a', publicKey: 'a\0b' }],
      ['POST /v1/versions/{id}/publish', { sha256, reason: 'a\0b' }],
      ['POST /v1/versions/{id}/publish', { sha256, reason: 'a\ud800b' }],
      ['POST /v1/versions/{id}/reject', { reason: 'a\0b' }],
    ];
    for (const [name, body] of texts) {
      const [method = '', path = ''] = name.split(' ');
      const key = name.includes('reject') || name.includes('organizations') ? stack.adminKey : tenant.apiKey;
      const answer = await send(stack, pathOf({ path }, { id }), { method, key, body });
      expect([name, body, answer.status]).toEqual([name, body, 422]);
    }
    for (const operation of all.filter(({ queryParameters }) => queryParameters.length > 0)) {
      for (const name of operation.queryParameters) {
        const answer = await send(stack, `${pathOf(operation, nowhere())}?${name}=a%00b`, { key: keys['owner'] });
        expect([operation.name, name, answer.status]).toEqual([operation.name, name, 422]);
      }
    }
  });

  it('is a time that no calendar has, or that the database has not', async () => {
    for (const time of ['yesterday', '2026-13-01T00:00:00Z', '0000-01-01T00:00:00Z']) {
      const answers = await Promise.all([
        send(stack, `/v1/usage?from=${time}`, { key: tenant.apiKey }),
        send(stack, `/v1/usage?to=${time}`, { key: tenant.apiKey }),
        send(stack, `/v1/audit/events?from=${time}`, { key: tenant.apiKey }),
        send(stack, '/v1/api-keys', {
          method: 'POST',
          key: tenant.apiKey,
          body: { name: 'x', role: 'member', expiresAt: time },
        }),
      ]);
      for (const { status, text } of answers) expect(status, text).toBe(422);
    }
  });
});

describe('a version of the platform’s own', () => {
  it('is decided by nobody of the platform', async () => {
    const name = `own-${randomBytes(4).toString('hex')}`;
    const version = await verifiedPlugin(stack, stack.admin, {
      name,
      files: { 'more.mjs': 'globalThis.load = require;' },
    });
    expect(version.state).toBe('review');
    const { sha256 } = version;
    const decide = (what: string, key: string | undefined) => {
      const body = { reason: 'it is ours', ...(what === 'publish' ? { sha256 } : {}) };
      return send(stack, `/v1/versions/${version.id}/${what}`, { method: 'POST', key, body });
    };
    for (const key of [stack.adminKey, keys['platform admin']]) {
      expect(await decide('publish', key)).toMatchObject({ status: 403, code: 'own_version' });
      expect(await decide('reject', key)).toMatchObject({ status: 403, code: 'own_version' });
    }
    expect(await decide('publish', tenant.apiKey)).toMatchObject({ status: 404, code: 'not_found' });
    const found = await rows(stack, 'SELECT state FROM versions WHERE id = $1', [version.id]);
    expect(found).toEqual([{ state: 'review' }]);
  });

  it('in review elsewhere is approved by the platform alone', async () => {
    const publisher = await stack.createOrganization('publisher');
    const version = await verifiedPlugin(stack, publisher, {
      files: { 'more.mjs': 'globalThis.load = require;' },
    });
    const publish = (key: string) =>
      send(stack, `/v1/versions/${version.id}/publish`, { method: 'POST', key, body: { sha256: version.sha256 } });
    expect(await publish(publisher.apiKey)).toMatchObject({ status: 403, code: 'own_version' });
    expect(await publish(keys['platform member'] ?? '')).toMatchObject({ status: 403, code: 'not_allowed' });
    expect(await publish(stack.adminKey)).toMatchObject({ status: 200, json: { state: 'published' } });
    const query = { subjectId: version.id, limit: 10 };
    const { items } = await unwrap(publisher.client.GET('/v1/audit/events', { params: { query } }));
    expect(items.map(({ event }) => event)).toEqual([
      'version.published',
      'version.approved',
      'version.verified',
      'version.uploaded',
    ]);
  });
});
