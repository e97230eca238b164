/** Publishing: bundles that are signed elsewhere, keys that stay in the browser, and mistakes that show before the upload. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packPlugin, registerKey, signPlugin, verifiedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';
import { openPage, useBrowser } from './browser.js';
import { wordsFolder } from './pluginFolder.js';

const visit = useBrowser();

test('a bundle that was signed elsewhere is checked, shown and uploaded', async () => {
  const stack = await testStack();
  const publisher = await stack.createOrganization('pub');
  const key = await registerKey(publisher);
  const made = await packPlugin(publisher.slug);
  const folder = await mkdtemp(path.join(tmpdir(), 'paddock-console-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [bundle, signature, other] = ['sample.tgz', 'sample.tgz.sig.json', 'other.tgz'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  await writeFile(bundle, made.packed.bytes);
  await writeFile(signature, await signPlugin(made, { key }));
  await writeFile(other, (await packPlugin(publisher.slug, { version: '2.0.0' })).packed.bytes);

  const { page } = await visit(stack.apiUrl, publisher.apiKey);
  await openPage(page, 'Publish');
  await page.getByRole('row', { name: /test key/ }).waitFor();
  const chooser = page.locator('input[type=file]').and(page.getByLabel('Choose a signed bundle'));
  await chooser.setInputFiles([other, signature]);
  await page.getByRole('alert').getByText('statement_digest_mismatch').waitFor();
  await chooser.setInputFiles(bundle);
  await page.getByText('Now choose its signature').waitFor();
  await chooser.setInputFiles(signature);
  await page.getByRole('region', { name: 'Ready to upload' }).getByText(made.packed.sha256).waitFor();
  await page.getByRole('button', { name: /^Upload/ }).click();
  await page.getByRole('region', { name: 'Findings' }).getByText('accepted').waitFor();
});

test('a browser’s key can’t be read out, outlives the tab, and signs nothing before it is registered', async () => {
  const stack = await testStack();
  const publisher = await stack.createOrganization('pub');
  const { folder, remove } = await wordsFolder(publisher.slug);
  onTestFinished(remove);
  const { page } = await visit(`${stack.apiUrl}/publish`, publisher.apiKey);
  await page.getByRole('button', { name: 'Create a key in this browser' }).click();
  await page.getByText('not registered yet').waitFor();
  await page.locator('input[type=file]').and(page.getByLabel('Choose a folder')).setInputFiles(folder);
  await page.getByRole('alert').getByText('signature_key_unknown').waitFor();
  await page.reload();
  await page.getByText('not registered yet').waitFor();
  const stored = await page.evaluate(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('paddock-signing');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction('keys').objectStore('keys').getAll();
      all.onsuccess = () => resolve(all.result.map(({ privateKey }) => [privateKey.type, privateKey.extractable]));
    };
  })`);
  expect(stored).toEqual([['private', false]]);
});

test('an admin rejects with a reason, and the publisher sees what was found', async () => {
  const stack = await testStack();
  const publisher = await stack.createOrganization('pub');
  const body = "const { execSync } = await import('node:child_process'); return { text: String(execSync('id')) };";
  const version = await verifiedPlugin(stack, publisher, { tools: { spawn: { body } } });
  expect(version.state).toBe('review');

  const { page: admin } = await visit(`${stack.apiUrl}/review`, stack.admin.apiKey);
  await admin.getByRole('link', { name: `Decide on ${version.plugin} ${version.version}` }).click();
  const [finding] = version.findings;
  await admin
    .getByRole('region', { name: 'Findings' })
    .getByText(finding?.rule ?? '', { exact: true })
    .first()
    .waitFor();
  await admin.getByRole('button', { name: 'Reject' }).click();
  await admin.getByText('Say why it is rejected.').waitFor();
  await admin.getByRole('textbox', { name: 'Reason' }).fill('It starts programs.');
  await admin.getByRole('button', { name: 'Reject' }).click();
  await admin.getByText('rejected', { exact: true }).first().waitFor();

  const { page } = await visit(`${stack.apiUrl}/versions`, publisher.apiKey);
  await page
    .getByRole('row', { name: new RegExp(version.plugin) })
    .getByText('rejected')
    .waitFor();
  await page.getByRole('link', { name: new RegExp(version.plugin) }).click();
  await page
    .getByRole('region', { name: 'Findings' })
    .getByText(finding?.message ?? '')
    .first()
    .waitFor();
});
