import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENDPOINTS } from './routes.js';

test('every file under routes/ is an endpoint that is served', async () => {
  const folder = join(import.meta.dirname, 'routes');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(
    files.map(async (file) => (await import(join(folder, file))) as { default: (typeof ENDPOINTS)[number] }),
  );
  expect(new Set(modules.map((each) => each.default))).toEqual(new Set(ENDPOINTS));
  expect(ENDPOINTS.length).toBe(files.length);
});
