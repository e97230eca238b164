import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, expect, it } from 'vitest';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

it('works as one bundled file over real stdin and stdout, finishes what is under way, and then leaves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-sdk-'));
  folders.push(folder);
  const sdk = fileURLToPath(new URL('./index.ts', import.meta.url));
  const source = `
    import { definePlugin } from ${JSON.stringify(sdk)};
    definePlugin({ tools: [{ name: 'greet', description: 'Greets.', inputSchema: { type: 'object' },
      async handler(input) { console.log('not protocol'); await new Promise((r) => setTimeout(r, 20)); return { text: 'Hello ' + input.name }; } }] });
    setInterval(() => {}, 1000);`;
  await writeFile(join(folder, 'plugin.ts'), source);
  const outfile = join(folder, 'plugin.mjs');
  await build({
    entryPoints: [join(folder, 'plugin.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'silent',
  });

  const child = spawn(process.execPath, [outfile], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  child.stdin.end(
    `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'greet', arguments: { name: 'you' } } })}\n`,
  );
  const code = await new Promise((resolve) => child.once('close', resolve));

  expect(code).toBe(0);
  expect(JSON.parse(output.stdout)).toMatchObject({ id: 1, result: { structuredContent: { text: 'Hello you' } } });
  expect(output.stderr).toBe('not protocol\n');
});
