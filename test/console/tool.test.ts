/** Calling tools: what is typed stays, a run can be cancelled, and a hostile result stays harmless. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installedPlugin } from '../support/plugins.js';
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

test('an install is removed once the question is answered', async () => {
  const stack = await testStack();
  const { tenant, install } = await installedPlugin(stack);
  const { page } = await visit(`${stack.apiUrl}/installs/${install.id}`, tenant.apiKey);
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the install' }).click();
  await page.getByText('Nothing is installed').waitFor();
  await page.goBack();
  await page.getByRole('alert').getByText('not_found').waitFor();
});
