/** Calling tools: what is typed stays, a run can be cancelled, and a hostile result stays harmless. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unwrap } from '@paddock/client';
import { expect, onTestFinished, test } from 'vitest';
import { ASK } from '../support/hostCalls.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';
import { useBrowser } from './browser.js';
import { wordsFolder } from './pluginFolder.js';

const visit = useBrowser();

test('a refused input says where, and keeps the form; a file fills a field', async () => {
  const stack = await testStack();
  const inputSchema = {
    type: 'object',
    properties: {
      text: { type: 'string', maxLength: 400 },
      times: { type: 'integer', maximum: 3 },
      tags: { type: 'array' },
    },
    required: ['text'],
  };
  const { tenant, install } = await installedPlugin(stack, { tools: { echo: { inputSchema, body: 'return input' } } });
  const { folder, remove } = await wordsFolder('any');
  onTestFinished(remove);
  const file = path.join(folder, 'text.txt');
  await writeFile(file, 'from a file');

  const { page } = await visit(`${stack.apiUrl}/installs/${install.id}`, tenant.apiKey);
  await page.getByLabel('File for text').setInputFiles(file);
  const text = page.getByRole('textbox', { name: 'text' });
  await text.and(page.getByText('from a file')).waitFor();
  await page.getByRole('textbox', { name: 'times' }).fill('9');
  await page.getByRole('textbox', { name: 'tags' }).fill('["a", 1]');
  await page.getByRole('button', { name: 'Call echo' }).click();
  await page.getByRole('alert').getByText('input_invalid').waitFor();
  expect(await text.inputValue()).toBe('from a file');
  expect(await page.getByRole('textbox', { name: 'times' }).getAttribute('aria-invalid')).toBe('true');

  await page.getByRole('textbox', { name: 'times' }).fill('2');
  await page.getByRole('button', { name: 'Call echo' }).click();
  const result = page.getByRole('region', { name: 'The run' }).getByRole('region', { name: 'Result' });
  await result.waitFor();
  expect(JSON.parse((await result.textContent()) ?? '')).toEqual({ text: 'from a file', times: 2, tags: ['a', 1] });
});

test('a run is cancelled from its page', async () => {
  const stack = await testStack();
  const { tenant, install } = await installedPlugin(stack, {
    tools: { wait: { body: 'await new Promise(() => {})' } },
    manifest: { limits: { timeoutMs: 60_000 } },
  });
  const { page } = await visit(`${stack.apiUrl}/installs/${install.id}`, tenant.apiKey);
  await page.getByRole('button', { name: 'Call wait' }).click();
  const run = page.getByRole('region', { name: 'The run' });
  await run.getByText('running', { exact: true }).waitFor();
  await run.getByRole('link', { name: 'Open this run’s page' }).click();
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await page.getByText('cancelled', { exact: true }).waitFor();
  await page.getByText('cancelled_by_caller').waitFor();
});

test('an install’s secret is given a value, which the plugin reads and no page shows again, and loses it', async () => {
  const stack = await testStack();
  const capabilities = { secrets: ['TOKEN'] };
  const body = `${ASK} return { read: await ask('host/secrets.get', { name: 'TOKEN' }).then(({ value, refused }) => refused ?? value.length) };`;
  const source = { tools: { read: { body } }, manifest: { capabilities } };
  const { tenant, install } = await installedPlugin(stack, source, { grants: capabilities });
  const { page } = await visit(`${stack.apiUrl}/installs/${install.id}`, tenant.apiKey);
  const secrets = page.getByRole('region', { name: 'Secrets' });
  await secrets.getByText('has no value yet').waitFor();
  await secrets.getByRole('button', { name: 'Set TOKEN' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).fill(' two\nlines ');
  await page.getByRole('dialog').getByRole('button', { name: 'Seal it' }).click();
  await secrets.getByText(/^set/).waitFor();
  expect(await page.content()).not.toContain('two\nlines');
  expect(await callTool(tenant, install.id, 'read')).toMatchObject({ output: { read: 11 } });

  await secrets.getByRole('button', { name: 'Replace TOKEN' }).click();
  expect(await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await secrets.getByRole('button', { name: 'Remove the value of TOKEN' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the value' }).click();
  await secrets.getByText('has no value yet').waitFor();
  expect(await callTool(tenant, install.id, 'read')).toMatchObject({ output: { read: 'secret_not_set' } });
});

test('HTML from a plugin is text, and in its preview neither runs nor loads anything', async () => {
  const stack = await testStack();
  const html =
    '<h1>Report</h1><script>parent.document.title = "taken"; fetch("/v1/me")</script><img src="https://example.com/leak.png"><a href="https://example.com/out">out</a>';
  const { tenant, install } = await installedPlugin(stack, {
    tools: { page: { body: `return { html: ${JSON.stringify(html)} }` } },
  });
  const visitor = await visit(`${stack.apiUrl}/installs/${install.id}`, tenant.apiKey);
  const { page } = visitor;
  const asked: string[] = [];
  page.on('response', (response) => asked.push(response.url()));
  await page.getByRole('button', { name: 'Call page' }).click();
  await page.getByRole('tab', { name: 'HTML as text' }).click();
  expect(await page.getByRole('region', { name: 'HTML as text' }).textContent()).toBe(html);
  await page.getByRole('tab', { name: 'Preview' }).click();
  const preview = page.frameLocator('iframe[title^="Preview"]');
  await preview.getByRole('heading', { name: 'Report' }).waitFor();
  await preview.getByRole('link', { name: 'out' }).click();
  await page.getByRole('tab', { name: 'JSON', exact: true }).click();

  expect(await page.title()).not.toBe('taken');
  expect(asked.filter((url) => !url.startsWith(stack.apiUrl))).toEqual([]);
  expect(asked.filter((url) => url.endsWith('/v1/me'))).toEqual([]);
  // The policy stopped the picture and the link: faults of the plugin's page, not of ours.
  expect(visitor.faults.splice(0).every((fault) => fault.includes('example.com'))).toBe(true);
});

test('an install says what it can do, is upgraded as its admin says, and is removed once the question is answered', async () => {
  const stack = await testStack();
  const source = { manifest: { capabilities: { kv: true, blobs: true } } };
  const { tenant, install } = await installedPlugin(stack, source, { grants: { kv: true } });
  const { page } = await visit(`${stack.apiUrl}/installs/${install.id}`, tenant.apiKey);
  const abilities = page.getByRole('region', { name: 'What it can do' });
  // In its code, declared, seen, granted.
  await abilities.getByRole('row', { name: 'Data kept between runs no yes no yes' }).waitFor();
  await abilities.getByRole('row', { name: 'Files of a run no yes no no' }).waitFor();
  await page.getByRole('combobox', { name: 'When there are newer versions' }).click();
  await page.getByRole('option', { name: 'It takes newer versions that ask for no more' }).click();
  const policy = async () => {
    const params = { path: { id: install.id } };
    return (await unwrap(tenant.client.GET('/v1/installs/{id}', { params }))).upgradePolicy;
  };
  await expect.poll(policy).toBe('compatible');
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the install' }).click();
  await page.getByText('Nothing is installed').waitFor();
  await page.goBack();
  await page.getByRole('alert').getByText('not_found').waitFor();
});
