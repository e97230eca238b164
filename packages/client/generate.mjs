// Draws openapi.json from the API's endpoints and the client's types from it. `--check` only tells whether both are current.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { ENDPOINTS, openApiDocument } from '../../apps/api/dist/index.js';

const document = openApiDocument(ENDPOINTS);
const types = astToString(await openapiTypescript(structuredClone(document)));
const files = {
  'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'src/schema.ts': `/** Generated from openapi.json by generate.mjs: change the API's endpoints, then run \`npm run generate\`. */\n\n${types}`,
};
const stale = [];
for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, import.meta.url);
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
  stale.push(name);
  if (!process.argv.includes('--check')) await writeFile(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  process.stderr.write(
    `Not what the API's endpoints say: packages/client/{${stale.join(',')}}. Run \`npm run generate\`.\n`,
  );
  process.exitCode = 1;
}
