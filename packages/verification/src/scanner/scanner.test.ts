import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type PackInput, packBundle } from '@paddock/bundle';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildScanner } from '../buildScanner.js';
import { decide } from '../policy.js';
import { MAX_FINDINGS, SCANNER, ScanReport, ScanSuccess } from '../report.js';
import { inspect } from './inspect.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'paddock-scanner-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const manifest = {
  name: 'acme/tables',
  version: '1.0.0',
  description: 'Reads tables.',
  runtime: 'node',
  entry: 'index.js',
  tools: [{ name: 'parse', description: 'Parses.', inputSchema: { type: 'object' } }],
};
const expected = { plugin: 'acme/tables', version: '1.0.0' };
const data = (text: string) => new TextEncoder().encode(text);
const plugin = (code: string, ...more: PackInput[]): PackInput[] => [
  { path: 'plugin.json', data: data(JSON.stringify(manifest)) },
  { path: 'index.js', data: data(code) },
  ...more,
];
let count = 0;
async function store(bytes: Uint8Array): Promise<string> {
  const path = join(scratch, `${count++}.tgz`);
  await writeFile(path, bytes);
  return path;
}
const scanned = async (files: PackInput[]) =>
  ScanReport.parse(await inspect(await store((await packBundle(files)).bytes), expected));

describe('inspect', () => {
  test('answers what a bundle holds', async () => {
    const packed = await packBundle(plugin('export const a = 1;'));
    const report = ScanSuccess.parse(await inspect(await store(packed.bytes), expected));
    expect(report).toEqual({
      files: packed.files,
      manifest: { ...manifest, capabilities: {}, limits: {}, minIsolation: 'L1' },
      components: [],
      findings: [],
      detected: [],
    });
  });

  test('answers why a bundle is refused', async () => {
    expect(ScanReport.parse(await inspect(await store(data('PK')), expected))).toEqual({
      error: { code: 'bundle_not_gzip', detail: null, issues: [] },
    });
    expect(await scanned([{ path: 'a.js', data: data('') }])).toMatchObject({ error: { code: 'manifest_missing' } });
    expect(await scanned([{ path: 'plugin.json', data: data('{}') }])).toMatchObject({
      error: { code: 'manifest_invalid', issues: expect.arrayContaining([expect.objectContaining({ path: 'name' })]) },
    });
  });

  test('finds across files, by what the manifest says', async () => {
    const report = ScanSuccess.parse(
      await scanned(
        plugin(
          "require('./logo.png')",
          { path: 'logo.png', data: data('eval(1)') },
          { path: 'lib/evil.cjs', data: data("require('child_process')") },
          { path: 'tool', data: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46) },
        ),
      ),
    );
    expect(report.findings.map(({ rule, file }) => `${rule} ${file}`).sort()).toEqual([
      'native-binary tool',
      'own-program lib/evil.cjs',
      'starts-programs lib/evil.cjs',
      'undeclared-process lib/evil.cjs',
      'unscanned-code index.js',
    ]);
    expect(report.findings.find(({ rule }) => rule === 'undeclared-process')).toMatchObject({
      excerpt: null,
      line: 1,
      suggestion: 'Leave it out if no tool needs it.',
    });
    expect(report.detected).toEqual([
      { ability: 'process', file: 'lib/evil.cjs', line: 1 },
      { ability: 'native', file: 'tool', line: null },
    ]);
  });

  test('an error of the host is no report', async () => {
    await expect(inspect(join(scratch, 'missing.tgz'), expected)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('noise does not hide a finding, and a report stays bounded', async () => {
    const noise = Array.from({ length: 400 }, (_, index) => ({ path: `a${index}.js`, data: data('const const') }));
    const report = ScanSuccess.parse(
      await scanned(plugin('let a;', ...noise, { path: 'z.js', data: data("eval(atob('YQ=='))") })),
    );
    expect(report.findings.length).toBeLessThan(MAX_FINDINGS);
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'encoded-code', file: 'z.js' }));
    expect(decide(report.findings)).toBe('rejected');
  });

  test('code that is too large is reported, not passed over', async () => {
    const large = data(`//${'x'.repeat(4 * 1024 * 1024)}`);
    // Hardly compressible, or the bundle would be refused as a bomb.
    const part = (index: number) => ({
      path: `part${index}.js`,
      data: data(`//${randomBytes(1_500_000).toString('hex')}`),
    });
    const report = ScanSuccess.parse(await scanned(plugin('let a;', { path: 'large.js', data: large })));
    expect(report.findings).toMatchObject([{ rule: 'code-not-scanned', file: 'large.js' }]);
    const many = ScanSuccess.parse(
      await scanned(plugin('let a;', ...Array.from({ length: 6 }, (_, index) => part(index)))),
    );
    expect(many.findings.filter(({ rule }) => rule === 'code-not-scanned').map(({ file }) => file)).toEqual([
      'part5.js',
    ]);
  });
});

describe('an honest plugin that bundles a library is accepted:', () => {
  const libraries = ['marked', 'papaparse', 'zod', 'semver', 'acorn'];
  test.each(
    libraries.flatMap(
      (library) =>
        [
          [library, false],
          [library, true],
        ] as const,
    ),
  )('%s, minified: %s', async (library, minify) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import * as all from '${library}';\nprocess.stdin.on('data', () => console.log(all));`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      minify,
      write: false,
    });
    const report = ScanSuccess.parse(await scanned(plugin(outputFiles[0]?.text ?? '')));
    expect(decide(report.findings), JSON.stringify(report.findings)).toBe('accepted');
  });
});

describe('the program', () => {
  let built: Awaited<ReturnType<typeof buildScanner>>;
  beforeAll(async () => {
    built = await buildScanner(join(scratch, 'scanner'));
  });

  /** Sends each message and gathers the answers, until the program ends. */
  async function converse(
    bundle: string,
    messages: object[],
  ): Promise<{ answers: Record<string, unknown>[]; exit: number | null; stderr: string }> {
    const child = spawn(process.execPath, [join(built.bundleDir, built.entry), bundle], {
      cwd: scratch,
      env: {},
      stdio: 'pipe',
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.on('error', () => undefined); // The program may end before it has read all.
    child.stdin.end(messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''));
    const answers: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: child.stdout }))
      answers.push(JSON.parse(line) as Record<string, unknown>);
    return { answers, exit: await ended, stderr };
  }
  const opening = [
    {
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    },
    { method: 'notifications/initialized' },
  ];
  const call = (id: number, params: object) => ({ id, method: 'tools/call', params });

  test('speaks the plugin protocol', async () => {
    const { bytes } = await packBundle(plugin('global.load = require'));
    const { answers, exit, stderr } = await converse(await store(bytes), [
      ...opening,
      { id: 1, method: 'tools/list' },
      call(2, { name: 'inspect', arguments: expected }),
      call(3, { name: 'inspect', arguments: { ...expected, extra: 1 } }),
      call(4, { name: 'other', arguments: expected }),
      { id: 5, method: 'resources/list' },
      { id: 'six', method: 'ping' },
    ]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(answers).toMatchObject([
      {
        jsonrpc: '2.0',
        id: 0,
        result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'paddock-scanner' } },
      },
      { id: 1, result: { tools: [{ name: 'inspect', inputSchema: { type: 'object' } }] } },
      { id: 2, result: { isError: false } },
      { id: 3, error: { code: -32602 } },
      { id: 4, error: { code: -32602 } },
      { id: 5, error: { code: -32601 } },
      { id: 'six', result: {} },
    ]);
    const result = answers[2]?.['result'] as { structuredContent: unknown } | undefined;
    expect(decide(ScanSuccess.parse(result?.structuredContent).findings)).toBe('review');
  });

  test('has the byte rules with it, and without their engine it accepts nothing', async () => {
    const bundle = await store(
      (await packBundle(plugin('let a;', { path: 'a.yml', data: data('pool: stratum+tcp://pool.invalid:3333') })))
        .bytes,
    );
    const messages = [...opening, call(1, { name: 'inspect', arguments: expected })];
    const findingsOf = async () => {
      const { answers } = await converse(bundle, messages);
      const result = answers[1]?.['result'] as { structuredContent: unknown } | undefined;
      return ScanSuccess.parse(result?.structuredContent).findings.map(({ rule, severity }) => `${severity} ${rule}`);
    };
    expect(await findingsOf()).toEqual(['high mining-pool', 'high undeclared-crypto-mining']);
    const whole = built;
    built = await buildScanner(join(scratch, 'without'));
    await rm(join(built.bundleDir, 'node_modules'), { recursive: true });
    expect(await findingsOf()).toEqual(['high bytes-not-scanned']);
    built = whole;
  });

  test('ends when the bytes are not where they should be', async () => {
    const { answers, exit, stderr } = await converse(join(scratch, 'missing.tgz'), [
      ...opening,
      call(1, { name: 'inspect', arguments: expected }),
    ]);
    expect(answers).toHaveLength(1);
    expect(exit).not.toBe(0);
    expect(stderr).toContain('ENOENT');
  });

  test('is one file with YARA-X beside it, the same each time, readable by any user, that names nothing of this machine', async () => {
    const again = await buildScanner(join(scratch, 'again'));
    const text = await readFile(join(built.bundleDir, built.entry), 'utf8');
    expect(await readFile(join(again.bundleDir, again.entry), 'utf8')).toBe(text);
    const beside = 'node_modules/@virustotal/yara-x';
    const files = await readdir(built.bundleDir, { recursive: true, withFileTypes: true });
    expect(
      files
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).slice(built.bundleDir.length + 1))
        .sort(),
    ).toEqual([`${beside}/package.json`, `${beside}/pkg/yara_x_js.js`, `${beside}/pkg/yara_x_js_bg.wasm`, built.entry]);
    for (const file of files)
      expect((await stat(join(file.parentPath, file.name))).mode & 0o777).toBe(file.isFile() ? 0o644 : 0o755);
    expect(text).not.toContain(join(import.meta.dirname, '..'));
  });

  test('has another number when its rules or its engine are others', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'main.ts')],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      minifyWhitespace: true,
      legalComments: 'none',
      write: false,
    });
    const own = createHash('sha256')
      .update(outputFiles[0]?.contents ?? '')
      .digest('hex');
    expect(
      { number: Number.parseInt(SCANNER.version, 10), own },
      'The scanner has changed. If it may judge otherwise, raise the number of SCANNER, so that what is published is scanned again. Then write its digest here.',
    ).toEqual({ number: 4, own: '84fdbc80fe8c6a5402f011f0f9f3b831616782f28315c1fee0da0a8d20878abe' });
  });
});

describe('a report that a hostile bundle forged is refused:', () => {
  const success = {
    files: [{ path: 'plugin.json', mode: 0o644, size: 0, sha256: 'a'.repeat(64) }],
    manifest,
    findings: [],
    components: [],
    detected: [],
  };
  const finding = { rule: 'r', severity: 'low', message: 'm', file: null, line: null, excerpt: null };
  test.each([
    ['a verdict of its own', { ...success, verdict: 'accepted' }],
    ['both an error and findings', { ...success, error: { code: 'internal', detail: null, issues: [] } }],
    ['an error that does not exist', { error: { code: 'fine', detail: null, issues: [] } }],
    ['a path upwards', { ...success, files: [{ ...success.files[0], path: '../a' }] }],
    ['a manifest with more', { ...success, manifest: { ...manifest, image: 'evil' } }],
    ['findings without end', { ...success, findings: Array(MAX_FINDINGS + 1).fill(finding) }],
    ['a severity that does not exist', { ...success, findings: [{ ...finding, severity: 'none' }] }],
    ['nothing', null],
  ])('%s', (_what, report) => {
    expect(ScanReport.safeParse(success).success).toBe(true);
    expect(ScanReport.safeParse(report).success).toBe(false);
  });
});
