/** Finds the endpoints: every module under routes/ has one as its default export. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Endpoint } from './endpoint.js';

const FOLDER = fileURLToPath(new URL('./routes/', import.meta.url));

export async function loadEndpoints(): Promise<Endpoint[]> {
  const files = (await readdir(FOLDER, { recursive: true }))
    .filter((file) => /^[a-z-]+\/[A-Za-z]+\.[jt]s$/.test(file))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const { default: declaration } = (await import(pathToFileURL(`${FOLDER}${file}`).href)) as { default?: Endpoint };
      if (declaration === undefined) throw new Error(`routes/${file} has no endpoint as its default export`);
      return declaration;
    }),
  );
}
