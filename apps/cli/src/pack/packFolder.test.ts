import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { generateKeyPair } from '@paddock/bundle';
import { unpackBundle } from '@paddock/bundle/read';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type PackOptions, packFolder } from './packFolder.js';

const MANIFEST = {
  name: 'acme/sample',
  version: '1.0.0',
  description: 'A plugin of the tests.',
  runtime: 'node',
  entry: 'main.mjs',
  tools: [{ name: 'do', description: 'Does it.', inputSchema: { type: 'object' } }],
};

/** A folder with these files and a manifest. */
async function folderOf(files: Record<string, string>, manifest: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-pack-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries({
    'plugin.json': JSON.stringify({ ...MANIFEST, ...manifest }),
    ...files,
  })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const paths = async (folder: string, options?: PackOptions) =>
  (await packFolder(folder, options)).files.map(({ path }) => path);

/** What the packed entry writes to stdout when Node runs it. */
async function runPacked(folder: string): Promise<string> {
  const { bytes, files, manifest } = await packFolder(folder);
  const out = join(folder, '.unpacked');
  await unpackBundle(Readable.from([bytes]), out, files);
  return (await promisify(execFile)(process.execPath, [join(out, manifest.entry)])).stdout;
}

describe('which files are packed', () => {
  it('are all but those that never belong there', async () => {
    const folder = await folderOf({
      'main.mjs': '1',
      'data/words.txt': 'a',
      LICENSE: 'free',
      'node_modules/x/index.js': '1',
      '.env': 'TOKEN=1',
      '.git/config': '',
      'old.tgz': '',
      'old.tgz.sig.json': '{}',
      'acme.pem': 'secret',
      'deep/acme.key': 'secret',
    });
    expect(await paths(folder)).toEqual(['LICENSE', 'data/words.txt', 'main.mjs', 'plugin.json']);
  });

  it('are without what .paddockignore names', async () => {
    const folder = await folderOf({
      '.paddockignore': '# samples\n*.csv\n/docs/\nlib/**/*.test.mjs\n',
      'main.mjs': '1',
      'a.csv': '',
      'deep/b.csv': '',
      'docs/a.md': '',
      'deep/docs/a.md': '',
      'lib/a.test.mjs': '',
      'lib/x/b.test.mjs': '',
      'lib/b.mjs': '',
    });
    expect(await paths(folder)).toEqual(['deep/docs/a.md', 'lib/b.mjs', 'main.mjs', 'plugin.json']);
  });

  it('keep whether they can be executed', async () => {
    const folder = await folderOf({ 'main.mjs': '1', 'tool.sh': '' });
    await chmod(join(folder, 'tool.sh'), 0o700);
    const { files } = await packFolder(folder);
    expect(files.map(({ path, mode }) => [path, mode])).toContainEqual(['tool.sh', 0o755]);
    expect(files.map(({ path, mode }) => [path, mode])).toContainEqual(['main.mjs', 0o644]);
  });

  it('are never links', async () => {
    const folder = await folderOf({ 'main.mjs': '1' });
    await symlink('/etc/hostname', join(folder, 'host.txt'));
    await expect(packFolder(folder)).rejects.toMatchObject({ code: 'file_kind' });
  });
});

describe('private keys', () => {
  it.each([
    ['in a file of another name', (pem: string) => ({ 'main.mjs': '1', 'notes.txt': `my key:\n${pem}` })],
    ['in a string', (pem: string) => ({ 'main.mjs': `const key = ${JSON.stringify(pem)};` })],
    ['behind other bytes', (pem: string) => ({ 'main.mjs': '1', 'data.bin': `\u0000\u0001ÿ${pem}` })],
  ])('are refused %s', async (_name, files) => {
    const { privateKeyPem } = await generateKeyPair();
    await expect(packFolder(await folderOf(files(privateKeyPem)))).rejects.toMatchObject({
      code: 'private_key_in_folder',
    });
  });

  it('may be spoken of', async () => {
    const folder = await folderOf({
      'main.mjs': "export const isKey = (text) => text.startsWith('-----BEGIN PRIVATE KEY-----');",
    });
    expect(await paths(folder)).toEqual(['main.mjs', 'plugin.json']);
  });
});

describe('an entry', () => {
  it('that imports no package is packed as it is, with what is beside it', async () => {
    const folder = await folderOf({ 'main.mjs': "import './other.mjs';\nimport 'node:fs';\n", 'other.mjs': '1' });
    const packed = await packFolder(folder);
    expect(packed).toMatchObject({ isBundled: false, fileName: 'acme-sample-1.0.0.tgz' });
    expect(packed.files.map(({ path }) => path)).toEqual(['main.mjs', 'other.mjs', 'plugin.json']);
  });

  it('that imports a package becomes one file with it, wherever its folder is', async () => {
    const files = {
      'main.mjs':
        "import { hello } from 'hello';\nimport { name } from './name.mjs';\nimport '@paddock/plugin-sdk';\nconsole.log(hello(name));\n",
      'name.mjs': "export const name = 'Ada';",
      'unused.mjs': '1',
      'node_modules/hello/package.json': '{"name":"hello","main":"index.js"}',
      'node_modules/hello/index.js':
        "const { join } = require('node:path');\nexports.hello = (name) => join('hello', name);",
    };
    const [folder, other] = [await folderOf(files), await folderOf(files)];
    expect(await paths(folder)).toEqual(['main.mjs', 'plugin.json', 'unused.mjs']);
    expect(await runPacked(folder)).toBe('hello/Ada\n');
    expect((await packFolder(folder)).sha256).toBe((await packFolder(other)).sha256);
  });

  it('may be written in TypeScript', async () => {
    const folder = await folderOf({
      'main.mts': "import { n } from './n.ts';\nconst text: string = 'n is ' + n;\nconsole.log(text);",
      'n.ts': 'export const n: number = 7;',
    });
    expect(await paths(folder)).toEqual(['main.mjs', 'plugin.json']);
    expect(await runPacked(folder)).toBe('n is 7\n');
  });

  it.each([
    ['main.cjs', {}],
    ['main.js', {}],
    ['main.js', { 'package.json': '{"type":"module"}' }],
  ])('%s is written as Node will take it %j', async (entry, more) => {
    const files = {
      ...more,
      [entry]: "import { posix } from 'tiny';\nconsole.log(posix);",
      'node_modules/tiny/package.json': '{"name":"tiny"}',
      'node_modules/tiny/index.js': "exports.posix = require('path').sep;",
    };
    expect(await runPacked(await folderOf(files, { entry }))).toBe('/\n');
  });

  it('is left alone when told so', async () => {
    const folder = await folderOf({ 'main.mjs': "import 'not-installed';\n" });
    expect(await packFolder(folder, { bundle: false })).toMatchObject({ isBundled: false });
  });

  it('that imports what is not there is refused, with the place', async () => {
    const folder = await folderOf({ 'main.mjs': "\nimport 'not-installed';\n" });
    await expect(packFolder(folder)).rejects.toMatchObject({
      code: 'bundling_failed',
      issues: [{ path: 'main.mjs:2' }],
    });
  });

  it.each([{ bundle: true }, { bundle: false }])('that is missing is refused %j', async (options) => {
    await expect(packFolder(await folderOf({}), options)).rejects.toMatchObject({ code: 'manifest_entry_missing' });
  });
});

it('refuses a tool’s schema that the platform would refuse', async () => {
  const tools = [{ name: 'do', description: 'Does it.', inputSchema: { $ref: 'https://example.com/schema.json' } }];
  const folder = await folderOf({ 'main.mjs': '1' }, { tools });
  await expect(packFolder(folder)).rejects.toMatchObject({
    code: 'manifest_schema_invalid',
    issues: [{ path: 'tools.0.inputSchema' }],
  });
});
