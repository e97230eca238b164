import { expect, test } from 'vitest';
import { languageOf } from './languages.js';
import { scanFile } from './scanFile.js';

const scan = (text: string, path = 'index.js', timeoutMs?: number) =>
  scanFile({
    file: { path, bytes: new TextEncoder().encode(text) },
    language: 'javascript',
    around: { runtime: 'node', entry: path, capabilities: {}, paths: new Set([path]) },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }).findings;

test('a finding names its line and shows what is there, in printable characters', () => {
  const [finding] = scan("'use strict';\n\n  const é = eval(input); // \u202e\u001b[31m\n").filter(
    ({ rule }) => rule === 'dynamic-code',
  );
  expect(finding).toMatchObject({ rule: 'dynamic-code', severity: 'low', file: 'index.js', line: 3 });
  expect(finding?.excerpt).toContain('eval(input)');
  expect(finding?.excerpt).toContain('\\u{202e}\\u{1b}[31m');
  expect(finding?.excerpt).toMatch(/^[\x20-\x7e]{1,300}$/);
});

test('one rule reports a line once, and a file a few times', () => {
  expect(scan('eval(a); eval(b);')).toHaveLength(1);
  expect(scan('eval(a);\n'.repeat(100))).toHaveLength(5);
});

test.each([
  ['a module', "import fs from 'node:fs'; export const a = await fs.x;", 'a.js'],
  ['a script', 'with (a) b; return 010;', 'a.js'],
  ['a script by name', 'return new.target;', 'a.cjs'],
  ['a hashbang', '#!/usr/bin/env node\nlet a;', 'a.mjs'],
  ['the newest syntax', 'using x = f(); class A { static { } #b; accessor; }', 'a.mjs'],
  ['a byte order mark', '\ufefflet a;', 'a.js'],
])('takes %s', (_what, text, path) => {
  expect(scan(text, path)).toEqual([]);
});

test.each([
  ['what does not parse', 'const const', 'does not parse'],
  ['a type annotation', 'const a: string = b;', 'does not parse'],
  ['what nests too deep', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'stack space'],
  ['a sum that nests too deep', `a${'+a'.repeat(400_000)}`, 'stack space'],
])('reports %s', (_what, text, reason) => {
  const [finding, ...more] = scan(text);
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    rule: 'code-not-scanned',
    severity: 'high',
    message: expect.stringContaining(reason),
  });
});

test('stops at its deadline, whatever makes the parser slow', () => {
  const declarations = `var ${Array.from({ length: 200_000 }, (_, index) => `a${index}`).join(',')};`;
  expect(scan(declarations, 'index.js', 50)).toMatchObject([
    { rule: 'code-not-scanned', message: expect.stringContaining('too long') },
  ]);
});

test.each([
  ['spaces', `a${' '.repeat(2_000_000)}`],
  ['many runs of spaces', `${`"${' '.repeat(250)}"`.repeat(8_000)}`.replaceAll('""', '","')],
  ['base64 that nearly ends', `const a = '${'A'.repeat(1_000_000)}!';`],
  ['nested templates', `${'`${'.repeat(500)}a${'}`'.repeat(500)}`],
])('is not slowed by %s', (_what, text) => {
  expect(scan(text).filter(({ rule }) => rule === 'code-not-scanned')).toEqual([]);
});

test.each([
  ['start', { runtime: 'node', entry: 'start' }, 'javascript'],
  ['start', { runtime: 'python', entry: 'start' }, 'python'],
  ['start', { runtime: 'native', entry: 'start' }, null],
  ['README', { runtime: 'node', entry: 'index.js' }, null],
  ['lib/A.CJS', { runtime: 'node', entry: 'index.js' }, 'javascript'],
  ['lib/a.mts', { runtime: 'node', entry: 'index.js' }, 'javascript'],
  ['lib/a.d.ts', { runtime: 'node', entry: 'index.js' }, null],
  ['setup.py', { runtime: 'node', entry: 'index.js' }, 'python'],
  ['data.json', { runtime: 'node', entry: 'index.js' }, null],
] as const)('%s is read as what it is', (path, started, language) => {
  expect(languageOf({ path, bytes: new Uint8Array() }, started)).toBe(language);
});
