/** A plugin's way through the pages: its publisher, an admin, a tenant, and the proof of what happened. */
import { unwrap } from '@paddock/client';
import { expect, onTestFinished, test } from 'vitest';
import { testStack } from '../support/stack.js';
import { dropFolder, openPage, press, useBrowser } from './browser.js';
import { wordsFolder } from './pluginFolder.js';

const visit = useBrowser();

test('a folder is signed in the browser, verified, published, installed with consent, called, and found in the audit trail', {
  timeout: 180_000,
}, async () => {
  const stack = await testStack();
  const [publisher, tenant] = await Promise.all([stack.createOrganization('pub'), stack.createOrganization('ten')]);
  const { folder, remove } = await wordsFolder(publisher.slug);
  onTestFinished(remove);
  const plugin = `${publisher.slug}/words`;

  // The publisher makes a key, registers it, and drops the folder.
  const { page: publishing } = await visit(stack.apiUrl, publisher.apiKey);
  await openPage(publishing, 'Publish');
  await publishing.getByRole('button', { name: 'Create a key in this browser' }).click();
  await publishing.getByRole('button', { name: 'Register its public half' }).click();
  await publishing.getByText('registered', { exact: true }).waitFor();
  await dropFolder(publishing, 'Plugin files', folder);
  const ready = publishing.getByRole('region', { name: 'Ready to upload' });
  await ready.waitFor();
  expect(await ready.textContent()).toMatch(/[0-9a-f]{64}/);
  const files = publishing.getByRole('region', { name: 'Files' });
  expect(await files.getByRole('row').allTextContents()).toEqual([
    expect.stringContaining('File'),
    expect.stringContaining('plugin.json'),
    expect.stringContaining('src/main.mjs'),
  ]);
  expect(await files.textContent()).toContain('Left out: .env');
  await ready.getByRole('button', { name: /^Upload/ }).click();
  await publishing.getByRole('heading', { name: `${plugin} 1.0.0` }).waitFor();
  await publishing.getByRole('region', { name: 'Findings' }).getByText('accepted').waitFor();

  // An admin publishes it from the queue.
  const { page: admin } = await visit(stack.apiUrl, stack.admin.apiKey);
  await openPage(admin, 'Review');
  await press(admin.getByRole('link', { name: `Decide on ${plugin} 1.0.0` }));
  await admin.getByRole('region', { name: 'Your decision' }).getByRole('button', { name: 'Publish' }).click();
  await admin.getByRole('link', { name: 'Plugin page' }).waitFor();

  // A tenant finds it, and grants one thing of three.
  const { page } = await visit(stack.apiUrl, tenant.apiKey);
  await page.getByRole('searchbox', { name: 'Search' }).fill(plugin.slice(0, 12));
  await page.getByRole('link', { name: new RegExp(plugin) }).click();
  await page.getByRole('link', { name: 'Install…' }).click();
  const choices = page.getByRole('group', { name: 'Capabilities' }).getByRole('checkbox');
  await choices.first().waitFor();
  expect(await choices.count()).toBe(3);
  for (const choice of await choices.all()) expect(await choice.isChecked()).toBe(false);
  await page.getByRole('checkbox', { name: 'Fetch from files.example.com' }).check();
  await page.getByRole('radio', { name: 'A new sandbox for each run' }).check();
  await page.getByRole('button', { name: 'Install and grant 1 of 3' }).click();
  await page.getByRole('region', { name: 'Call a tool' }).waitFor();
  const [install] = (await unwrap(tenant.client.GET('/v1/installs'))).items;
  expect(install).toMatchObject({ plugin, isolation: 'run', grants: { http: ['files.example.com'] } });
  expect(install?.grants.kv ?? false).toBe(false);

  // It calls the tool.
  await page.getByRole('textbox', { name: 'Text' }).fill('one two three');
  await page.getByRole('checkbox', { name: 'Loud' }).check();
  await page.getByRole('button', { name: 'Call count' }).click();
  const run = page.getByRole('region', { name: 'The run' });
  await run.getByText('succeeded').waitFor();
  expect(JSON.parse((await run.getByRole('region', { name: 'Result' }).textContent()) ?? '')).toEqual({
    words: 3,
    loud: true,
  });
  await run.getByText('Peak memory').waitFor();
  const runId = (await unwrap(tenant.client.GET('/v1/runs'))).items[0]?.id ?? '';

  // The admin filters the audit trail, and finds the run.
  await openPage(admin, 'Audit trail');
  await admin.getByRole('textbox', { name: 'Subject' }).fill(runId);
  await admin.getByRole('textbox', { name: 'Organization' }).fill(tenant.id);
  await admin.getByRole('button', { name: 'Filter' }).click();
  const events = admin.getByRole('table', { name: 'Audit events' });
  const rows = events.getByRole('row').filter({ hasNot: admin.getByRole('columnheader') });
  const aboutTheRun = admin.getByRole('button', { name: `Only events about run ${runId}` });
  // The trail of everybody is shown until the filtered one has come.
  await rows.filter({ hasNot: aboutTheRun }).first().waitFor({ state: 'detached' });
  await rows.filter({ has: aboutTheRun }).first().waitFor();
  const found = await rows.allTextContents();
  expect(found).toEqual([expect.stringContaining('run.settled'), expect.stringContaining('run.created')]);
  await events.getByRole('button', { name: 'Show details of run.settled' }).click();
  expect(await admin.getByRole('region', { name: 'What was recorded' }).textContent()).toContain('"succeeded"');
});
