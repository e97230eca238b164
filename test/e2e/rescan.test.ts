/** What newer rules find in what is published. That rules are newer is played by making a verification older. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap, type Version } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { callTool, installedPlugin, publishedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

/** What the rules of today send to a person. */
const DOUBTFUL = { files: { 'more.mjs': 'globalThis.load = require;' } };
const WAIT = { timeout: 90_000, interval: 500 };

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack();
});

/** As if an older scanner had verified it, and had found just `findings`. */
const verifiedBefore = ({ id }: Version, findings: unknown[]) =>
  rows(
    stack,
    `UPDATE verifications SET scanners = '[{"name":"paddock-scanner","version":"0"}]', findings = $2, verdict = 'accepted'
     WHERE version_id = $1`,
    [id, JSON.stringify(findings)],
  );
const get = ({ client }: TestOrganization, { id }: Version) =>
  unwrap(client.GET('/v1/versions/{id}', { params: { path: { id } } }));
const eventsOf = async (
  { client }: TestOrganization,
  { id }: Version,
  event: 'version.flagged' | 'version.rescanned',
) =>
  (await unwrap(client.GET('/v1/audit/events', { params: { query: { subjectId: id, event } } }))).items.map(
    ({ data }) => data,
  );
const rescanOf = async ({ id }: Version) =>
  (
    await rows<{ attempts: number; done: boolean }>(
      stack,
      'SELECT attempts, scanned_at IS NOT NULL AS done FROM rescans WHERE version_id = $1',
      [id],
    )
  )[0];

describe('a published version that older rules verified', () => {
  it('is flagged by what newer ones find, its publisher and tenants are told, and it goes on', async () => {
    const { publisher, tenant, version, install } = await installedPlugin(stack, DOUBTFUL);
    const other = await stack.createOrganization('other');
    expect(version.laterFindings).toEqual([]);
    await verifiedBefore(version, []);

    const found = [{ severity: 'high', file: 'more.mjs', line: 1 }];
    await expect.poll(async () => (await get(tenant, version)).laterFindings, WAIT).toMatchObject(found);
    const rules = (await get(tenant, version)).laterFindings.map(({ rule }) => rule);
    const shown = await unwrap(tenant.client.GET('/v1/installs/{id}', { params: { path: { id: install.id } } }));
    expect(shown).toMatchObject({ versionState: 'published', laterFindings: found });
    for (const told of [tenant, publisher])
      expect(await eventsOf(told, version, 'version.flagged')).toEqual([{ verdict: 'review', rules }]);
    expect(await eventsOf(other, version, 'version.flagged')).toEqual([]);
    expect(await eventsOf(publisher, version, 'version.rescanned')).toMatchObject([
      { verdict: 'review', flagged: rules },
    ]);

    // It is for people to take it back.
    expect((await get(publisher, version)).state).toBe('published');
    expect((await callTool(tenant, install.id, 'echo', { a: 1 })).state).toBe('succeeded');
  });

  it('is not flagged by what they do not find, or by what an admin knew', async () => {
    const publisher = await stack.createOrganization('publisher');
    const clean = await publishedPlugin(stack, publisher, { name: 'clean' });
    const approved = await publishedPlugin(stack, publisher, { name: 'approved', ...DOUBTFUL });
    expect(approved.findings.length).toBeGreaterThan(0);
    await verifiedBefore(clean, []);
    await verifiedBefore(approved, approved.findings);
    for (const [version, verdict] of [
      [clean, 'accepted'],
      [approved, 'review'],
    ] as const) {
      const rescans = () => eventsOf(publisher, version, 'version.rescanned');
      await expect.poll(rescans, WAIT).toMatchObject([{ verdict, flagged: [] }]);
      expect((await get(publisher, version)).laterFindings).toEqual([]);
      expect(await eventsOf(publisher, version, 'version.flagged')).toEqual([]);
      expect(await rescanOf(version)).toEqual({ attempts: 1, done: true });
    }
  });

  it('is scanned later when it can’t be now, but not without end', async () => {
    const publisher = await stack.createOrganization('publisher');
    const version = await publishedPlugin(stack, publisher, DOUBTFUL);
    const path = join(stack.artifactsFolder, 'sha256', version.sha256.slice(0, 2), version.sha256.slice(2));
    await rename(path, `${path}.away`);
    await verifiedBefore(version, []);
    await expect.poll(() => rescanOf(version), WAIT).toEqual({ attempts: 1, done: false });

    // As if the pause after the last of all attempts were over; another version’s turn comes after this one’s.
    const pauseOver = (attempts: number) =>
      rows(stack, `UPDATE rescans SET attempts = $2, started_at = '2000-01-01' WHERE version_id = $1`, [
        version.id,
        attempts,
      ]);
    await pauseOver(3);
    const after = await publishedPlugin(stack, publisher, { name: 'after' });
    await verifiedBefore(after, []);
    await expect.poll(() => rescanOf(after), WAIT).toEqual({ attempts: 1, done: true });
    expect(await rescanOf(version)).toEqual({ attempts: 3, done: false });

    await rename(`${path}.away`, path);
    await pauseOver(2);
    await expect.poll(() => rescanOf(version), WAIT).toEqual({ attempts: 3, done: true });
    expect((await get(publisher, version)).laterFindings).toHaveLength(1);
  });
});
