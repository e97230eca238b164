/** Publishing: bundles that are signed elsewhere, keys that stay in the browser, and mistakes that show before the upload. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GeneratedKey } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { BUILDER, REPOSITORY, slsaStatement } from '../../packages/bundle/src/provenance.testing.js';
import { packPlugin, registerKey, signPlugin, verifiedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';
import { signPayload } from '../support/uploads.js';
import { openPage, press, useBrowser } from './browser.js';
import { wordsFolder } from './pluginFolder.js';

const visit = useBrowser();

test('a bundle that was signed elsewhere is checked, shown and uploaded, with what says where it was built', async () => {
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
  await chooseProvenance(page, await writeProvenance(folder, key, '0'.repeat(64)));
  await page.getByRole('button', { name: /^Upload/ }).click();
  await page.getByRole('alert').getByText('provenance_digest_mismatch').waitFor();
  await chooseProvenance(page, await writeProvenance(folder, key, made.packed.sha256));
  await page.getByRole('button', { name: /^Upload/ }).click();
  await page.getByRole('region', { name: 'Findings' }).getByText('accepted').waitFor();
  const sentence = page.getByRole('region', { name: 'Bundle' }).getByText(`Built by ${BUILDER} from ${REPOSITORY}`);
  expect(await sentence.textContent()).toContain(`the publisher’s key ${key.keyId} states; says nothing of safety.`);
});

async function chooseProvenance(page: Page, file: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Provenance' }).click();
  await (await choosing).setFiles(file);
}

async function writeProvenance(folder: string, key: GeneratedKey, sha256: string): Promise<string> {
  const file = path.join(folder, 'provenance.json');
  await writeFile(file, signPayload(key, JSON.stringify(slsaStatement(sha256))));
  return file;
}

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

test('an organization says how many keys must sign, and which identities may without one', async () => {
  const stack = await testStack();
  const publisher = await stack.createOrganization('pub');
  await registerKey(publisher, 'first');
  await registerKey(publisher, 'second');
  const { page } = await visit(`${stack.apiUrl}/publish`, publisher.apiKey);
  const signatures = page.getByRole('region', { name: 'Signatures' });
  const needed = signatures.getByRole('combobox', { name: 'Signatures that a version needs' });
  const choose = async (count: string) => {
    await press(needed);
    await page.getByRole('option', { name: count }).click();
  };
  await choose('3');
  await signatures.getByText('threshold_exceeds_keys').waitFor();
  expect(await needed.inputValue()).toBe('1');
  await choose('2');
  const threshold = async () => (await unwrap(publisher.client.GET('/v1/me'))).organization.signatureThreshold;
  await expect.poll(threshold).toBe(2);
  await expect.poll(() => needed.inputValue()).toBe('2');
  expect(await signatures.getByRole('alert').count()).toBe(0);

  const trusted = page.getByRole('region', { name: 'Trusted publishers' });
  await trusted.getByText('None yet.').waitFor();
  await press(trusted.getByRole('button', { name: 'Trust an identity…' }));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('release');
  await dialog.getByRole('textbox', { name: 'Issuer' }).fill('https://ci.example');
  await dialog.getByRole('textbox', { name: 'Identity' }).fill(' https://ci.example/release.yml@main ');
  await dialog.getByRole('button', { name: 'Trust it' }).click();
  const row = trusted.getByRole('row', { name: 'release' });
  await row.getByText('https://ci.example/release.yml@main', { exact: true }).waitFor();
  await press(row.getByRole('button', { name: 'Distrust…' }));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It moved.');
  await dialog.getByRole('button', { name: 'Trust it no longer' }).click();
  await row.getByText('no longer trusted').waitFor();
  const [item] = (await unwrap(publisher.client.GET('/v1/trusted-publishers'))).items;
  expect(item).toMatchObject({ identity: 'https://ci.example/release.yml@main', revocationReason: 'It moved.' });
});

test('an admin rejects with a reason, and the publisher sees what was found', async () => {
  const stack = await testStack();
  const publisher = await stack.createOrganization('pub');
  const body = "const { execSync } = await import('node:child_process'); return { text: String(execSync('id')) };";
  const version = await verifiedPlugin(stack, publisher, { tools: { spawn: { body } } });
  expect(version.state).toBe('review');

  const { page: admin } = await visit(`${stack.apiUrl}/review`, stack.admin.apiKey);
  await press(admin.getByRole('link', { name: `Decide on ${version.plugin} ${version.version}` }));
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
