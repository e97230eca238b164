import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliFolder } from '../../apps/cli/src/runCli.testing.js';
import { send } from '../support/http.js';
import { publishedPlugin, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
let publisher: TestOrganization;
beforeAll(async () => {
  stack = await testStack();
  publisher = await stack.createOrganization('supply');
});

/** An OSV record as its database gives it out, with more in it than anybody reads. */
const osv = (id: string, name: string, more: object = {}) => ({
  schema_version: '1.7.3',
  id,
  modified: '2026-05-01T00:00:00Z',
  summary: `Trouble with ${name}`,
  details: 'At length.',
  affected: [
    {
      package: { ecosystem: 'npm', name, purl: `pkg:npm/${name}` },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.4.0' }] }],
      database_specific: { cwes: [] },
    },
  ],
  references: [{ type: 'WEB', url: 'https://example.com' }],
  ...more,
});

async function imported(records: object[]): Promise<Record<string, unknown>> {
  const { path, paddock } = await cliFolder();
  await mkdir(join(path, 'osv', 'npm'), { recursive: true });
  for (const [index, record] of records.entries())
    await writeFile(join(path, 'osv', 'npm', `${index}.json`), JSON.stringify(record));
  const env = { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: stack.adminKey };
  const { exitCode, stdout, stderr } = await paddock(['advisories', 'import', 'osv', '--json'], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const holding = (name: string, version: string) => ({
  'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { [`node_modules/${name}`]: { version } } }),
});
const events = async ({ client }: TestOrganization, subjectId: string) => {
  const query = { subjectId, event: 'version.flagged' as const };
  return (await unwrap(client.GET('/v1/audit/events', { params: { query } }))).items;
};

describe('a version that holds packages', () => {
  it('has a bill of materials, which is countersigned and downloadable', async () => {
    const version = await verifiedPlugin(stack, publisher, { name: 'bill', files: holding('supply-plain', '1.2.3') });
    expect(version.state).toBe('accepted');
    expect(version.scanners.map(({ name }) => name)).toContain('advisories');
    const { status, text } = await send(stack, `/v1/versions/${version.id}/evidence/sbom`, { key: publisher.apiKey });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: version.plugin, hashes: [{ content: version.sha256 }] } },
      components: [{ name: 'supply-plain', version: '1.2.3', purl: 'pkg:npm/supply-plain@1.2.3' }],
    });
  });

  it('is rejected for malware, and shown what is vulnerable', async () => {
    const counts = await imported([
      osv('MAL-2026-9001', 'supply-evil', {
        affected: [
          {
            package: { ecosystem: 'npm', name: 'supply-evil' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
          },
        ],
      }),
      osv('GHSA-supply-weak', 'supply-weak'),
      osv('GO-2026-1', 'x', { affected: [{ package: { ecosystem: 'crates.io', name: 'x' } }] }),
    ]);
    expect(counts).toEqual({ imported: 2, removed: 0, unchanged: 0, others: 1, unreadable: [] });
    const evil = await verifiedPlugin(stack, publisher, { name: 'evil', files: holding('supply-evil', '0.0.1') });
    expect(evil).toMatchObject({
      state: 'rejected',
      findings: [{ rule: 'malicious-package', severity: 'critical', file: 'package-lock.json' }],
    });
    const weak = await verifiedPlugin(stack, publisher, { name: 'vulnerable', files: holding('supply-weak', '1.3.9') });
    expect(weak).toMatchObject({ state: 'accepted', findings: [{ rule: 'vulnerable-package', severity: 'medium' }] });
    const fixed = await verifiedPlugin(stack, publisher, { name: 'mended', files: holding('supply-weak', '1.4.0') });
    expect(fixed).toMatchObject({ state: 'accepted', findings: [] });
  });
});

it('what is published is flagged by a later advisory, its tenants are told, and a withdrawn one flags nothing', async () => {
  const version = await publishedPlugin(stack, publisher, { name: 'aging', files: holding('supply-aging', '1.3.0') });
  const [tenant, other] = [await stack.createOrganization('tenant'), await stack.createOrganization('other')];
  const install = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin: version.plugin } }));
  expect(install.advisories).toEqual([]);
  const flags = async () =>
    (await unwrap(tenant.client.GET('/v1/installs/{id}', { params: { path: { id: install.id } } }))).advisories;

  const advisory = osv('MAL-2026-9002', 'supply-aging');
  expect(await imported([advisory])).toMatchObject({ imported: 1 });
  const flag = {
    id: 'MAL-2026-9002',
    severity: 'critical',
    packages: [{ ecosystem: 'npm', name: 'supply-aging', version: '1.3.0' }],
  };
  await expect.poll(flags, { timeout: 60_000, interval: 500 }).toMatchObject([flag]);
  for (const told of [tenant, publisher])
    expect((await events(told, version.id)).map(({ data }) => data)).toMatchObject([{ advisory: 'MAL-2026-9002' }]);
  expect(await events(other, version.id)).toEqual([]);

  // The same again is nothing new, to nobody.
  expect(await imported([advisory])).toMatchObject({ imported: 0, unchanged: 1 });
  expect(await events(tenant, version.id)).toHaveLength(1);

  expect(await imported([{ ...advisory, withdrawn: '2026-06-01T00:00:00Z' }])).toMatchObject({ removed: 1 });
  expect(await flags()).toEqual([]);
});

describe('where a version comes from', () => {
  it('is looked at by name: what another publisher’s plugin could be taken for waits for a person', async () => {
    const named = ({ slug }: { slug: string }, name: string) => ({ manifest: { name: `${slug}/${name}` } });
    await publishedPlugin(stack, publisher, named(publisher, 'spreadsheet'));
    const copies = await stack.createOrganization('copies');
    const copy = await verifiedPlugin(stack, copies, named(copies, 'spreadhseet'));
    expect(copy).toMatchObject({ state: 'review', findings: [{ rule: 'look-alike-name', severity: 'high' }] });
    const own = await verifiedPlugin(stack, publisher, named(publisher, 'spreadsheets'));
    expect(own).toMatchObject({ state: 'accepted', findings: [] });
  });

  it('is looked at by its licence, which decides nothing', async () => {
    const closed = await verifiedPlugin(stack, publisher, { name: 'closed', manifest: { license: 'UNLICENSED' } });
    expect(closed).toMatchObject({ state: 'accepted', findings: [{ rule: 'license-forbids', severity: 'low' }] });
  });

  it('is looked at beside the version before it', async () => {
    await publishedPlugin(stack, publisher, { name: 'grows' });
    const next = await verifiedPlugin(stack, publisher, {
      name: 'grows',
      version: '1.1.0',
      manifest: { capabilities: { http: ['collect.example.com'] } },
      files: { 'data.txt': 'x'.repeat(200_000) },
    });
    expect(next.findings.map(({ rule }) => rule).sort()).toEqual(['grown', 'new-capability']);
    expect(next.findings.find(({ rule }) => rule === 'new-capability')?.message).toContain('http:collect.example.com');
  });

  it('is looked through for secrets, of which nothing is shown', async () => {
    const token = ['npm', 'q7Rz2Kf9Wm4Xc8Vt1Lp6Hs3Nd5Gb0JyAeUoa'].join('_');
    const version = await verifiedPlugin(stack, publisher, {
      name: 'leaky',
      files: { 'settings.json': `{"token":"${token}"}` },
    });
    expect(version).toMatchObject({ state: 'review', findings: [{ rule: 'secret-in-bundle', file: 'settings.json' }] });
    expect(JSON.stringify(version)).not.toContain(token.slice(6, 20));
  });
});

it('only platform admins import advisories', async () => {
  const body = JSON.stringify({ advisories: [] });
  const answer = await send(stack, '/v1/advisories', { key: publisher.apiKey, method: 'POST', body });
  expect(answer.status).toBe(403);
});
