/** A plugin as a folder on disk: what a publisher would drop onto the page. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MAIN = `import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
const { tools } = JSON.parse(readFileSync(new URL('../plugin.json', import.meta.url), 'utf8'));
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const answer = (id, result) => send({ id, result });
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') answer(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'words', version: '1' } });
  if (method === 'tools/list') answer(id, { tools });
  if (method === 'tools/call') answer(id, { content: [], structuredContent: { words: params.arguments.text.split(/\\s+/).length, loud: params.arguments.loud === true } });
});
`;

/** Files by path, and a `.env` that must not be uploaded. `remove` deletes the folder. */
export async function wordsFolder(publisher: string): Promise<{ folder: string; remove: () => Promise<void> }> {
  const root = await mkdtemp(path.join(tmpdir(), 'paddock-console-'));
  const folder = path.join(root, 'words');
  const manifest = {
    name: `${publisher}/words`,
    version: '1.0.0',
    description: 'Counts the words of a text.',
    runtime: 'node',
    entry: 'src/main.mjs',
    tools: [
      {
        name: 'count',
        description: 'Counts words.',
        inputSchema: {
          type: 'object',
          properties: { text: { type: 'string', title: 'Text' }, loud: { type: 'boolean', title: 'Loud' } },
          required: ['text'],
          additionalProperties: false,
        },
      },
    ],
    capabilities: { http: ['api.example.com', 'files.example.com'], kv: true },
  };
  await mkdir(path.join(folder, 'src'), { recursive: true });
  await writeFile(path.join(folder, 'plugin.json'), JSON.stringify(manifest, null, 2));
  await writeFile(path.join(folder, 'src/main.mjs'), MAIN);
  await writeFile(path.join(folder, '.env'), 'TOKEN=not-for-others');
  return { folder, remove: () => rm(root, { recursive: true, force: true }) };
}
