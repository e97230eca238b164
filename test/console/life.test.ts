/** A version after its upload: reviewed, installed, reported, deprecated, revoked, and what it could reach. */
import { unwrap } from '@paddock/client';
import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { callTool, publishedPlugin, verifiedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';
import { openPage, press, useBrowser } from './browser.js';

const visit = useBrowser();

test('an admin reads what is new in a version and what its files say, and rejects it; its publisher appeals', async () => {
  const stack = await testStack();
  const publisher = await stack.createOrganization('pub');
  await publishedPlugin(stack, publisher, { name: 'tool', files: { 'gone.txt': 'gone' } });
  const version = await verifiedPlugin(stack, publisher, {
    name: 'tool',
    version: '1.1.0',
    files: { 'hidden.mjs': 'globalThis.load = require;', 'read.me': 'An admin\u202e reads.' },
    manifest: { capabilities: { http: ['new.example'] } },
  });
  const { page } = await visit(stack.apiUrl, stack.admin.apiKey);
  await openPage(page, 'Review');
  const held: Route[] = [];
  await page.route('**/files/content?*', (route) => void held.push(route), { times: 1 });
  await press(page.getByRole('link', { name: `Decide on ${version.plugin} 1.1.0` }));

  const news = page.getByRole('region', { name: 'What is new' });
  await news.getByText('capabilities.http', { exact: true }).waitFor();
  expect(await news.getByRole('region', { name: 'capabilities.http now' }).textContent()).toContain('new.example');
  const changed = await news.getByRole('row').allTextContents();
  expect(changed).toContainEqual(expect.stringMatching(/gone\.txt.*removed/));
  expect(changed).toContainEqual(expect.stringMatching(/hidden\.mjs.*added/));

  // It is asked for a decision once there is all to read that it is about.
  const files = page.getByRole('region', { name: 'Its files' });
  await files.getByText('Reading main.mjs').waitFor();
  const decision = page.getByRole('region', { name: 'Your decision' });
  expect(await decision.count()).toBe(0);
  await held[0]?.continue();
  await files.getByRole('region', { name: 'Text of main.mjs' }).waitFor();
  await decision.waitFor();
  await files.getByRole('combobox', { name: 'File' }).click();
  await page.getByRole('option', { name: 'read.me' }).click();
  const text = files.getByRole('region', { name: 'Text of read.me' });
  await text.waitFor();
  // What can't be seen stands as its number.
  expect(await text.textContent()).toBe('An admin⟦U+202E⟧ reads.');

  await decision.getByRole('button', { name: 'Reject' }).click();
  await decision.getByText('Say why it is rejected.').waitFor();
  await decision.getByRole('textbox', { name: 'Reason' }).fill('It evaluates its input.');
  await decision.getByRole('button', { name: 'Reject' }).click();
  await page.getByRole('alert').filter({ hasText: 'It evaluates its input.' }).waitFor();

  const { page: appealing } = await visit(stack.apiUrl, publisher.apiKey);
  await openPage(appealing, 'My versions');
  await appealing.getByRole('link', { name: `${version.plugin} 1.1.0` }).click();
  await appealing.getByRole('alert').filter({ hasText: 'An admin: It evaluates its input.' }).waitFor();
  const thread = appealing.getByRole('region', { name: 'Messages' });
  await thread.getByRole('textbox', { name: 'Your message' }).fill('It evaluates <b>sums</b>.');
  await thread.getByRole('button', { name: 'Send' }).click();
  await thread.getByRole('listitem').filter({ hasText: 'It evaluates <b>sums</b>.' }).waitFor();
  await page.reload();
  await page.getByRole('region', { name: 'Messages' }).getByText('It evaluates <b>sums</b>.').waitFor();
});

test('a tenant reports a version; the admin revokes it, and the tenant sees what it could reach', async () => {
  const stack = await testStack();
  const [publisher, tenant] = await Promise.all([stack.createOrganization('pub'), stack.createOrganization('ten')]);
  const capabilities = { http: ['api.example'], secrets: ['TOKEN'] };
  const version = await publishedPlugin(stack, publisher, { name: 'leaky', manifest: { capabilities } });
  const install = await unwrap(
    tenant.client.POST('/v1/installs', { body: { plugin: version.plugin, grants: capabilities } }),
  );
  await unwrap(
    tenant.client.PUT('/v1/installs/{id}/secrets/{name}', {
      params: { path: { id: install.id, name: 'TOKEN' } },
      body: { value: 'a secret value' },
    }),
  );
  await callTool(tenant, install.id, 'echo');

  // Its publisher says that it is old.
  const { page: publishing } = await visit(stack.apiUrl, publisher.apiKey);
  await openPage(publishing, 'My versions');
  await publishing.getByRole('link', { name: `${version.plugin} 1.0.0` }).click();
  await publishing.getByRole('button', { name: 'Deprecate…' }).click();
  const deprecating = publishing.getByRole('dialog');
  await deprecating.getByRole('textbox', { name: 'Message' }).fill('No longer kept.');
  await deprecating.getByRole('button', { name: 'Deprecate', exact: true }).click();
  await publishing.getByRole('alert').filter({ hasText: 'No longer kept.' }).waitFor();
  expect(await publishing.getByRole('button', { name: 'Revoke…' }).count()).toBe(0);

  // The tenant reads it on its install, and reports the version.
  const { page } = await visit(stack.apiUrl, tenant.apiKey);
  const told = async () =>
    (await unwrap(tenant.client.GET('/v1/notices', { params: { query: {} } }))).items.map(({ kind }) => kind);
  await expect.poll(told, { timeout: 30_000 }).toEqual(['deprecated']);
  await openPage(page, 'Installs');
  const notices = page.getByRole('region', { name: 'Notices' });
  await notices.getByText('No longer kept.').waitFor();
  await notices.getByRole('button', { name: 'Mark as read' }).click();
  await notices.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: `${version.plugin} 1.0.0` }).click();
  await page.getByRole('alert').filter({ hasText: 'No longer kept.' }).waitFor();
  await page.getByRole('link', { name: 'Version', exact: true }).click();
  await page.getByRole('button', { name: 'Report…' }).click();
  const reporting = page.getByRole('dialog');
  await reporting.getByRole('textbox', { name: 'What is wrong with it' }).fill('It sends our words elsewhere.');
  await reporting.getByRole('button', { name: 'Report', exact: true }).click();
  await page.getByRole('button', { name: 'Reported' }).waitFor();

  // The admin finds the report, revokes the version, and says so.
  const { page: admin } = await visit(stack.apiUrl, stack.admin.apiKey);
  await openPage(admin, 'Reports');
  await admin.getByRole('article').first().waitFor();
  const report = admin.getByRole('article', { name: `Report of ${version.plugin} 1.0.0` });
  await report.getByText('It sends our words elsewhere.').waitFor();
  await press(report.getByRole('link', { name: `${version.plugin} 1.0.0` }));
  await admin.getByRole('button', { name: 'Revoke…' }).click();
  const revoking = admin.getByRole('dialog');
  await revoking.getByRole('textbox', { name: 'Reason' }).fill('It leaks.');
  await revoking.getByRole('button', { name: 'Revoke for good' }).click();
  await admin.getByRole('alert').filter({ hasText: 'It was revoked' }).waitFor();
  await openPage(admin, 'Reports');
  await press(report.getByRole('button', { name: 'Resolve…' }));
  const resolving = admin.getByRole('dialog');
  await resolving.getByRole('textbox', { name: 'What came of it' }).fill('Revoked.');
  await resolving.getByRole('button', { name: 'Resolve', exact: true }).click();
  await report.getByText('Resolved: Revoked.').waitFor();

  // The tenant sees what it could reach.
  await page.reload();
  await page.getByRole('alert').filter({ hasText: 'An admin: It leaks.' }).waitFor();
  const exposed = page.getByRole('region', { name: 'Exposure' }).getByRole('article');
  await exposed.getByText('Secrets in reach: TOKEN (never read)').waitFor();
  const text = await exposed.textContent();
  expect(text).toContain(install.id);
  expect(text).not.toContain('a secret value');
  await openPage(page, 'My reports');
  await page.getByText('Resolved: Revoked.').waitFor();
});
