import { unwrap, type Version } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectCode } from '../support/errors.js';
import { callTool, installedPlugin, publishedPlugin, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack();
});

const params = ({ id }: Pick<Version, 'id'>) => ({ path: { id } });
const reason = 'It greets twice.';
const yank = ({ client }: TestOrganization, version: Version) =>
  unwrap(client.POST('/v1/versions/{id}/yank', { params: params(version), body: { reason } }));
const unyank = ({ client }: TestOrganization, version: Version) =>
  unwrap(client.POST('/v1/versions/{id}/unyank', { params: params(version), body: {} }));
const deprecate = ({ client }: TestOrganization, version: Version, replacement?: string) =>
  unwrap(
    client.PUT('/v1/versions/{id}/deprecation', {
      params: params(version),
      body: { message: 'No longer kept.', ...(replacement === undefined ? {} : { replacement }) },
    }),
  );
const undeprecate = ({ client }: TestOrganization, version: Version) =>
  unwrap(client.DELETE('/v1/versions/{id}/deprecation', { params: params(version) }));
const eventsOf = async ({ client }: TestOrganization, version: Version) => {
  const query = { subjectId: version.id, limit: 50 };
  return (await unwrap(client.GET('/v1/audit/events', { params: { query } }))).items.map(({ event }) => event);
};

describe('a yanked version', () => {
  it('takes no new installs, goes on for those that are there, and can be brought back', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack);
    expect(await yank(publisher, version)).toMatchObject({
      state: 'yanked',
      decision: { by: 'publisher', reason },
    });
    const another = () => unwrap(tenant.client.POST('/v1/installs', { body: { plugin: version.plugin } }));
    await expectCode(another(), 'not_found');
    expect((await callTool(tenant, install.id, 'echo', { a: 1 })).state).toBe('succeeded');
    const shown = await unwrap(tenant.client.GET('/v1/installs/{id}', { params: params(install) }));
    expect(shown.versionState).toBe('yanked');
    // By its name, too, it is found by whoever has it.
    const query = { plugin: `${version.plugin}@${version.version}` };
    const { items } = await unwrap(tenant.client.GET('/v1/versions', { params: { query } }));
    expect(items.map(({ id, state }) => [id, state])).toEqual([[version.id, 'yanked']]);

    expect(await unyank(publisher, version)).toMatchObject({ state: 'published', publishedAt: version.publishedAt });
    expect((await another()).versionState).toBe('published');
    expect((await eventsOf(publisher, version)).slice(0, 2)).toEqual(['version.unyanked', 'version.yanked']);
  });

  it('by an admin is not brought back by its publisher', async () => {
    const publisher = await stack.createOrganization('publisher');
    const version = await publishedPlugin(stack, publisher);
    expect(await yank(stack.admin, version)).toMatchObject({ state: 'yanked', decision: { by: 'admin' } });
    await expectCode(unyank(publisher, version), 'not_allowed');
    expect(await unyank(stack.admin, version)).toMatchObject({ state: 'published' });
  });

  it('was published before', async () => {
    const publisher = await stack.createOrganization('publisher');
    const version = await verifiedPlugin(stack, publisher);
    await expectCode(yank(publisher, version), 'conflict');
    await expectCode(deprecate(publisher, version), 'conflict');
    await expectCode(unyank(publisher, version), 'version_not_publishable');
  });
});

describe('a deprecated version', () => {
  it('says so in the catalogue and on installs, with what to take in its place, and can be taken back', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack);
    const other = await publishedPlugin(stack, publisher, { name: 'better' });
    const replacement = `${other.plugin}@${other.version}`;
    const said = { message: 'No longer kept.', replacement, by: 'publisher' };
    expect(await deprecate(publisher, version, replacement)).toMatchObject({ state: 'published', deprecation: said });

    const catalogue = await unwrap(
      tenant.client.GET('/v1/plugins', { params: { query: { query: publisher.slug, limit: 200 } } }),
    );
    const entry = catalogue.items.find(({ plugin }) => plugin === version.plugin);
    expect(entry?.latest.deprecation).toMatchObject(said);
    const path = { publisher: publisher.slug, name: version.plugin.split('/')[1] ?? '' };
    const page = await unwrap(tenant.client.GET('/v1/plugins/{publisher}/{name}', { params: { path } }));
    expect(page.versions[0]?.deprecation).toMatchObject(said);
    const shown = () => unwrap(tenant.client.GET('/v1/installs/{id}', { params: params(install) }));
    expect((await shown()).deprecation).toMatchObject(said);
    expect((await callTool(tenant, install.id, 'echo')).state).toBe('succeeded');

    await undeprecate(publisher, version);
    expect((await shown()).deprecation).toBeNull();
    expect((await eventsOf(publisher, version)).slice(0, 2)).toEqual(['version.undeprecated', 'version.deprecated']);
  });

  it('names a replacement that is published', async () => {
    const publisher = await stack.createOrganization('publisher');
    const version = await publishedPlugin(stack, publisher);
    await expectCode(deprecate(publisher, version, `${publisher.slug}/nothing`), 'not_found');
    await expectCode(deprecate(publisher, version, `${version.plugin}@9.9.9`), 'not_found');
    await expectCode(deprecate(publisher, version, 'no name'), 'invalid_request');
  });

  it('by an admin keeps the admin’s word', async () => {
    const publisher = await stack.createOrganization('publisher');
    const version = await publishedPlugin(stack, publisher);
    await deprecate(stack.admin, version);
    await expectCode(deprecate(publisher, version), 'not_allowed');
    await expectCode(undeprecate(publisher, version), 'not_allowed');
    expect(await undeprecate(stack.admin, version)).toMatchObject({ deprecation: null });
  });
});

it('a revoked version stays revoked', async () => {
  const { publisher, version } = await installedPlugin(stack);
  await unwrap(stack.admin.client.POST('/v1/versions/{id}/revoke', { params: params(version), body: { reason } }));
  for (const organization of [publisher, stack.admin]) {
    await expectCode(unyank(organization, version), 'version_not_publishable');
    await expectCode(yank(organization, version), 'conflict');
    await expectCode(deprecate(organization, version), 'conflict');
  }
});
