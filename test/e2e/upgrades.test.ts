/** What tenants are told of the versions that they have installed, and how their installs leave them. */
import { type Install, unwrap, type Version } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliFolder } from '../../apps/cli/src/runCli.testing.js';
import { rows } from '../support/database.js';
import { expectCode } from '../support/errors.js';
import { callTool, installedPlugin, type PluginSource, publishedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

const WAIT = { timeout: 60_000, interval: 300 };
const reason = 'It greets twice.';
/** Tells which version ran. */
const source = (version: string, more: PluginSource = {}): PluginSource => ({
  version,
  tools: { echo: { body: `return { ran: '${version}' }` } },
  manifest: { capabilities: { kv: true } },
  ...more,
});

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack();
});

const params = ({ id }: { id: string }) => ({ path: { id } });
const yank = ({ client }: TestOrganization, version: Version) =>
  unwrap(client.POST('/v1/versions/{id}/yank', { params: params(version), body: { reason } }));
const revoke = (version: Version) =>
  unwrap(stack.admin.client.POST('/v1/versions/{id}/revoke', { params: params(version), body: { reason } }));
/** As a scan by newer rules would leave it. */
const flag = ({ id }: Version) =>
  rows(
    stack,
    `INSERT INTO rescans (version_id, scanner, attempts, started_at, scanned_at, verdict, flagged)
     VALUES ($1, 1000000, 1, now(), now(), 'review', $2)`,
    [id, JSON.stringify([{ rule: 'a-rule', severity: 'high', message: 'm', file: null, line: null, excerpt: null }])],
  );
const deprecate = ({ client }: TestOrganization, version: Version, replacement?: string) =>
  unwrap(
    client.PUT('/v1/versions/{id}/deprecation', {
      params: params(version),
      body: { message: 'No longer kept.', ...(replacement === undefined ? {} : { replacement }) },
    }),
  );
const noticesOf = async ({ client }: TestOrganization) =>
  (await unwrap(client.GET('/v1/notices', { params: { query: {} } }))).items;
const kindsOf = async (tenant: TestOrganization) =>
  (await noticesOf(tenant)).map(({ kind, version }) => `${kind} ${version}`).sort();
const current = async ({ client }: TestOrganization, install: Install) =>
  unwrap(client.GET('/v1/installs/{id}', { params: params(install) }));
const versionOf = async (tenant: TestOrganization, install: Install) => (await current(tenant, install)).version;
const change = ({ client }: TestOrganization, install: Install, body: { version?: string; upgradePolicy?: 'fixes' }) =>
  unwrap(client.PATCH('/v1/installs/{id}', { params: params(install), body }));
const eventsOf = async ({ client }: TestOrganization, { id }: Install) =>
  (await unwrap(client.GET('/v1/audit/events', { params: { query: { subjectId: id } } }))).items.map(
    ({ event }) => event,
  );

describe('a tenant is told', () => {
  it('what became of the versions that it has installed, once, and marks it as read', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack, source('1.0.0'));
    const other = await stack.createOrganization('other');
    const next = await publishedPlugin(stack, publisher, source('1.1.0'));
    expect(await noticesOf(tenant)).toEqual([]);
    await flag(version);
    await deprecate(publisher, version, next.plugin);
    await yank(publisher, version);
    const told = ['deprecated 1.0.0', 'flagged 1.0.0', 'yanked 1.0.0'];
    await expect.poll(() => kindsOf(tenant), WAIT).toEqual(told);
    await revoke(version);
    await expect.poll(() => kindsOf(tenant), WAIT).toEqual([...told, 'revoked 1.0.0'].sort());

    const notices = await noticesOf(tenant);
    const common = { installId: install.id, plugin: version.plugin, versionId: version.id, read: false };
    for (const notice of notices) expect(notice).toMatchObject(common);
    expect(notices[0]).toMatchObject({ kind: 'revoked', reason });
    expect(notices.find(({ kind }) => kind === 'flagged')?.reason).toContain('a-rule');
    expect(notices.find(({ kind }) => kind === 'deprecated')?.reason).toContain('No longer kept.');
    for (const stranger of [other, publisher]) expect(await noticesOf(stranger)).toEqual([]);

    // A stranger marks nothing of it; its own member all up to one.
    const until = notices[1]?.id ?? '';
    const unread = async () =>
      (await unwrap(tenant.client.GET('/v1/notices', { params: { query: { unread: 'true' } } }))).items;
    await other.client.POST('/v1/notices/read', { body: { until } });
    expect(await unread()).toHaveLength(4);
    await tenant.client.POST('/v1/notices/read', { body: { until } });
    expect(await unread()).toEqual([notices[0]]);

    const { paddock } = await cliFolder();
    const env = { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: tenant.apiKey };
    const { exitCode, stdout } = await paddock(['notices', '--unread', '--read'], { env });
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/revoked.*1\.0\.0.*It greets twice\./s)]);
    expect(stdout).not.toContain('yanked');
    expect(await unread()).toEqual([]);
  });
});

describe('an install changes its version by hand', () => {
  it('and keeps grants and settings', async () => {
    const { publisher, tenant, install } = await installedPlugin(stack, source('1.0.0'), { grants: { kv: true } });
    const ungranted = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin: install.plugin } }));
    await publishedPlugin(stack, publisher, source('2.0.0'));
    expect(await change(tenant, ungranted, { version: '2.0.0' })).toMatchObject({ version: '2.0.0', grants: {} });
    expect((await callTool(tenant, install.id, 'echo')).output).toEqual({ ran: '1.0.0' });
    const changed = await change(tenant, install, { version: '2.0.0' });
    expect(changed).toMatchObject({ id: install.id, version: '2.0.0', grants: { kv: true }, upgradePolicy: 'none' });
    expect((await callTool(tenant, install.id, 'echo')).output).toEqual({ ran: '2.0.0' });
    expect(await change(tenant, install, { version: '2.0.0' })).toEqual(changed);
    expect((await eventsOf(tenant, install)).filter((event) => event === 'install.changed')).toHaveLength(1);
    expect(await noticesOf(tenant)).toEqual([]);
  });

  it('but not to one that asks for more, or that is not published', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack, source('1.0.0'), {
      grants: { kv: true },
    });
    const more = { manifest: { capabilities: { kv: true, http: ['api.example.com'] } } };
    await publishedPlugin(stack, publisher, source('1.1.0', more));
    await expectCode(change(tenant, install, { version: '1.1.0' }), 'version_asks_more');
    await expectCode(change(tenant, install, { version: '9.9.9' }), 'not_found');
    await expectCode(change(publisher, install, { version: '1.0.0' }), 'not_found');
    expect(await current(tenant, install)).toMatchObject({ versionId: version.id, grants: { kv: true } });
  });
});

describe('an install is upgraded by itself', () => {
  const CAUSES: [cause: string, happens: (publisher: TestOrganization, version: Version) => Promise<unknown>][] = [
    ['flagged', (_, version) => flag(version)],
    ['yanked', yank],
    ['revoked', (_, version) => revoke(version)],
    ['deprecated', (publisher, version) => deprecate(publisher, version, version.plugin)],
  ];
  it.each(CAUSES)('when its version is %s, if its policy is `fixes`', async (cause, happens) => {
    const { publisher, tenant, version, install } = await installedPlugin(stack, source('1.0.0'), {
      grants: { kv: true },
      upgradePolicy: 'fixes',
    });
    const still = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin: version.plugin } }));
    expect([install.upgradePolicy, still.upgradePolicy]).toEqual(['fixes', 'none']);
    const fixed = await publishedPlugin(stack, publisher, source('1.0.1'));
    await happens(publisher, version);
    await expect.poll(() => versionOf(tenant, install), WAIT).toBe('1.0.1');
    expect(await current(tenant, install)).toMatchObject({
      versionId: fixed.id,
      grants: { kv: true },
      isolation: 'install',
    });
    expect((await callTool(tenant, install.id, 'echo')).output).toEqual({ ran: '1.0.1' });
    const ofIt = (await noticesOf(tenant)).filter(({ installId }) => installId === install.id);
    expect(ofIt.map(({ kind, version }) => [kind, version])).toEqual([
      ['upgraded', '1.0.1'],
      [cause, '1.0.0'],
    ]);
    expect(await eventsOf(tenant, install)).toEqual(['install.upgraded', 'install.created']);
    expect(await versionOf(tenant, still)).toBe('1.0.0');
  });

  it('to none that asks for more, is flagged, yanked, deprecated, a beta, older or of another major version', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack, source('1.5.0'), {
      grants: { kv: true },
      upgradePolicy: 'compatible',
    });
    const more = { manifest: { capabilities: { kv: true, secrets: ['TOKEN'] } } };
    const publish = (number: string, what = {}) => publishedPlugin(stack, publisher, source(number, what));
    const [asksMore, flagged, yanked, deprecated] = await Promise.all([
      publish('1.9.0', more),
      publish('1.8.0', more),
      publish('1.7.0', more),
      publish('1.6.0', more),
      publish('1.4.0'),
      publish('1.10.0-beta.1'),
      publish('2.0.0'),
    ]);
    await flag(flagged);
    await yank(publisher, yanked);
    await deprecate(publisher, deprecated);
    // What they ask for is granted now, but for the newest; the chore has been at work all along.
    const bare = `UPDATE versions SET manifest = jsonb_set(manifest, '{capabilities}', '{"kv":true}') WHERE id = ANY($1::uuid[])`;
    await rows(stack, bare, [[flagged.id, yanked.id, deprecated.id]]);
    const witness = await unwrap(
      tenant.client.POST('/v1/installs', {
        body: { plugin: version.plugin, version: '1.4.0', grants: { kv: true }, upgradePolicy: 'compatible' },
      }),
    );
    await expect.poll(() => versionOf(tenant, witness), WAIT).toBe('1.5.0');
    expect(await versionOf(tenant, install)).toBe('1.5.0');
    expect(asksMore.state).toBe('published');

    // The newest that is left, by number and not by letter.
    await publishedPlugin(stack, publisher, source('1.10.0'));
    await expect.poll(() => versionOf(tenant, install), WAIT).toBe('1.10.0');
    await expect.poll(() => kindsOf(tenant), WAIT).toEqual(['upgraded 1.10.0', 'upgraded 1.10.0', 'upgraded 1.5.0']);
  });

  it('once its policy says so, which the command line sets and shows', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack, source('1.0.0'), {
      grants: { kv: true },
    });
    await publishedPlugin(stack, publisher, source('1.1.0'));
    const { paddock } = await cliFolder();
    const env = { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: tenant.apiKey };
    const set = await paddock(['upgrade', version.plugin, '--policy', 'compatible'], { env });
    expect(set.exitCode, set.stderr).toBe(0);
    expect((await paddock(['installs'], { env })).stdout).toContain('compatible');
    await expect.poll(() => versionOf(tenant, install), WAIT).toBe('1.1.0');
    expect((await eventsOf(tenant, install)).slice(0, 2)).toEqual(['install.upgraded', 'install.changed']);
  });
});
