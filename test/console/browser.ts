/// <reference lib="dom" />
/** A browser over the console as the API serves it, content security policy and all. */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';

const ARGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export interface Visitor {
  readonly page: Page;
  /** What the page did wrong by itself: exceptions, and what its content security policy had to stop. */
  readonly faults: string[];
}

/** Starts one browser for the tests of a file, and ends what they opened. A test fails if a page of its own was at fault. */
export function useBrowser(): (url: string, apiKey?: string) => Promise<Visitor> {
  // A busy machine verifies and starts sandboxes slowly; nothing here is about speed.
  vi.setConfig({ testTimeout: 180_000 });
  let browser: Browser | undefined;
  let visitors: Visitor[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const faults = visitors.flatMap((visitor) => visitor.faults);
    await Promise.all(visitors.map(({ page }) => page.context().close()));
    visitors = [];
    expect(faults).toEqual([]);
  });
  return async (url, apiKey) => {
    if (browser === undefined) throw new Error('The browser has not started.');
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const visitor: Visitor = { page, faults: [] };
    visitors.push(visitor);
    page.on('pageerror', (error) => visitor.faults.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) visitor.faults.push(message.text());
    });
    await page.goto(url);
    if (apiKey !== undefined) {
      await enterKey(page, apiKey);
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
    }
    return visitor;
  };
}

/** Fills the sign-in form and sends it off. */
export async function enterKey(page: Page, apiKey: string): Promise<void> {
  await page.getByRole('textbox', { name: 'API key' }).fill(apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Goes to a page by the navigation, as a person does. */
export const openPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();

/**
 * Presses a link or a button by the keyboard. In a list that others' work changes meanwhile, as a queue of every publisher's
 * versions, a pointer may come down on it and up beside it.
 */
export const press = (target: Locator): Promise<void> => target.press('Enter');

/** Drops a folder of this machine onto what `onto` names: a real drag, since only that has folders in it. */
export async function dropFolder(page: Page, onto: string, folder: string): Promise<void> {
  const zone = page.getByRole('group', { name: onto });
  await zone.scrollIntoViewIfNeeded();
  const box = await zone.boundingBox();
  if (box === null) throw new Error(`${onto} is not shown.`);
  const at = { x: box.x + box.width / 2, y: box.y + 20, data: { items: [], files: [folder], dragOperationsMask: 1 } };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at });
  await session.detach();
}
