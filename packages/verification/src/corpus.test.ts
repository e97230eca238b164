/**
 * How much of what is malicious the scanner holds up, and how much of what is honest. The samples are text in `corpus/`: they
 * are parsed and never executed. `made-with` are those the rules were written with. `held-out` were written afterwards by
 * somebody who had not seen a rule, `later` and `later-honest` by others again; what they showed to be missing was then
 * mended, so they prove nothing new any more.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packBundle } from '@paddock/bundle';
import type { Verdict } from '@paddock/contracts';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decide } from './policy.js';
import { ScanSuccess } from './report.js';
import { inspect } from './scanner/inspect.js';

interface Sample {
  runtime: 'node' | 'python';
  main: string;
  entry?: string;
  files?: Record<string, string>;
  /** In hexadecimal. */
  binaries?: Record<string, string>;
  tools?: object[];
}

/** Well-known packages that stand in this repository's own tree. */
const PACKAGES = [
  ...['acorn', 'ajv', 'ajv-formats', 'bullmq', 'commander', 'cookie', 'debug', 'dockerode', 'express', 'fast-check'],
  ...[
    'body-parser',
    'helmet',
    'ioredis',
    'iconv-lite',
    'luxon',
    'negotiator',
    'marked',
    'mime-types',
    'ms',
    'msgpackr',
  ],
  ...[
    'papaparse',
    'pg',
    'picocolors',
    'pino',
    'qs',
    'react',
    'react-dom',
    'send',
    'semver',
    'uuid',
    'zod',
    'readable-stream',
  ],
];

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'paddock-corpus-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
let count = 0;

async function verdictOf({ runtime, main, entry, files = {}, binaries = {}, tools }: Sample): Promise<Verdict> {
  const started = entry ?? (runtime === 'python' ? 'main.py' : isCommonJs(main) ? 'main.cjs' : 'main.mjs');
  const manifest = {
    ...{ name: 'acme/sample', version: '1.0.0', description: 'A sample.', runtime, entry: started },
    tools: tools ?? [{ name: 'work', description: 'Works.', inputSchema: { type: 'object' } }],
  };
  const { bytes: bundle } = await packBundle([
    { path: 'plugin.json', data: bytes(JSON.stringify(manifest)) },
    { path: started, data: bytes(main) },
    ...Object.entries(files).map(([path, text]) => ({ path, data: bytes(text) })),
    ...Object.entries(binaries).map(([path, hex]) => ({ path, data: new Uint8Array(Buffer.from(hex, 'hex')) })),
  ]);
  const path = join(scratch, `${count++}.tgz`);
  await writeFile(path, bundle);
  return decide(ScanSuccess.parse(await inspect(path, { plugin: 'acme/sample', version: '1.0.0' })).findings);
}

const isCommonJs = (main: string) =>
  /\brequire\(|\bmodule\b|global\[/.test(main) && !/^(?:import|export|.*\bawait)\b/m.test(main);

async function verdicts(name: string): Promise<Record<string, Verdict>> {
  const text = await readFile(join(import.meta.dirname, '../corpus', `${name}.json`), 'utf8');
  const found: Record<string, Verdict> = {};
  for (const [sample, source] of Object.entries(JSON.parse(text) as Record<string, Sample>))
    found[sample] = await verdictOf(source);
  return found;
}

const those = (found: Record<string, Verdict>, verdict: Verdict) =>
  Object.keys(found).filter((name) => found[name] === verdict);

it.each(['made-with', 'held-out', 'later'])(
  'of the malicious samples, %s, none is accepted',
  { timeout: 300_000 },
  async (name) => {
    const found = await verdicts(name);
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(30);
    expect(those(found, 'accepted')).toEqual([]);
  },
);

it.each([
  ['honest', 0.2],
  ['later-honest', 0.1],
])(
  'of %s plugins, none is rejected, and few wait for a person: those that start programs or make code themselves',
  {
    timeout: 300_000,
  },
  async (name, few) => {
    const found = await verdicts(name);
    expect(those(found, 'rejected')).toEqual([]);
    expect(those(found, 'review').length / Object.keys(found).length).toBeLessThanOrEqual(few);
  },
);

it('of well-known packages, built into a plugin, none is rejected and at most one in ten waits for a person', {
  timeout: 600_000,
}, async () => {
  const found: Record<string, Verdict> = {};
  const require = createRequire(import.meta.url);
  for (const name of PACKAGES) {
    const { outputFiles } = await build({
      stdin: {
        contents: `import * as all from '${name}';\nexport default all;`,
        resolveDir: dirname(require.resolve('@paddock/contracts')),
      },
      ...{ bundle: true, platform: 'node', format: 'esm', write: false, logLevel: 'silent', external: ['*.node'] },
    });
    found[name] = await verdictOf({ runtime: 'node', main: outputFiles[0]?.text ?? '', entry: 'main.mjs' });
  }
  expect(Object.keys(found).length).toBeGreaterThanOrEqual(30);
  expect(those(found, 'rejected')).toEqual([]);
  expect(those(found, 'review').length / PACKAGES.length, those(found, 'review').join()).toBeLessThanOrEqual(0.1);
});
