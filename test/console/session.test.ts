/** Who is signed in, and what another organization's pages show. */
import { expect, test } from 'vitest';
import { installedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';
import { enterKey, openPage, useBrowser } from './browser.js';

const visit = useBrowser();

test('a wrong key is told so, stays in its field, and opens nothing', async () => {
  const stack = await testStack();
  const { page } = await visit(stack.apiUrl);
  await enterKey(page, 'pdk_wrong');
  await page.getByRole('alert').getByText('not_authenticated').waitFor();
  expect(await page.getByRole('textbox', { name: 'API key' }).inputValue()).toBe('pdk_wrong');
  expect(await page.evaluate('sessionStorage.length + localStorage.length')).toBe(0);
});

test('the key lasts for the tab, and signing out forgets it', async () => {
  const stack = await testStack();
  const { apiKey } = await stack.createOrganization();
  const { page } = await visit(stack.apiUrl, apiKey);
  expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain('pdk_');
  await page.reload();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await page.evaluate('sessionStorage.length')).toBe(0);
});

test('another tenant’s install is not found, like one that never was', async () => {
  const stack = await testStack();
  const [{ install }, other] = await Promise.all([installedPlugin(stack), stack.createOrganization('other')]);
  const { page } = await visit(stack.apiUrl, other.apiKey);
  const shown: string[] = [];
  for (const id of [install.id, '00000000-0000-4000-8000-000000000000']) {
    await page.goto(`${stack.apiUrl}/installs/${id}`);
    await page.getByRole('alert').getByText('not_found').waitFor();
    shown.push((await page.getByRole('main').textContent()) ?? '');
  }
  expect(shown[0]).toBe(shown[1]);
  expect(shown[0]).not.toContain(install.plugin);
});

test('only a platform admin is shown the platform’s pages', async () => {
  const stack = await testStack();
  const { apiKey } = await stack.createOrganization();
  const { page: tenant } = await visit(stack.apiUrl, apiKey);
  const links = tenant.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  expect(await links.allTextContents()).not.toContain('Executors');
  await tenant.goto(`${stack.apiUrl}/executors`);
  await tenant.getByRole('alert').getByText('not_allowed').waitFor();

  const { page: admin } = await visit(stack.apiUrl, stack.admin.apiKey);
  await openPage(admin, 'Executors');
  await admin
    .getByRole('table', { name: /^Isolation controls of/ })
    .first()
    .waitFor();
  expect(await admin.getByRole('cell', { name: 'seccomp', exact: true }).count()).toBeGreaterThan(0);
});
