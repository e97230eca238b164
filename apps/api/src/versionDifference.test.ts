import { type BundleFile, Manifest } from '@paddock/contracts';
import { expect, it } from 'vitest';
import { differenceOf } from './versionDifference.js';

const file = (path: string, digit = '0', size = 1): BundleFile => ({
  path,
  mode: 0o644,
  size,
  sha256: digit.repeat(64),
});
const manifest = (over: Record<string, unknown> = {}): Manifest =>
  Manifest.parse({
    name: 'acme/tool',
    version: '1.0.0',
    description: 'x',
    runtime: 'node',
    entry: 'main.mjs',
    tools: [{ name: 'one', description: 'x', inputSchema: { type: 'object' } }],
    ...over,
  });

it('tells files that were added, removed and changed, by path, with their sizes', () => {
  const before = { manifest: manifest(), files: [file('changed', '1', 10), file('gone'), file('same')] };
  const after = { manifest: manifest(), files: [file('changed', '2', 20), file('new'), file('same')] };
  const { files } = differenceOf(before, after);
  expect(files.map(({ path, before: old, after: now }) => [path, old?.size ?? null, now?.size ?? null])).toEqual([
    ['changed', 10, 20],
    ['gone', 1, null],
    ['new', null, 1],
  ]);
});

it('tells a mode that changed', () => {
  const before = { manifest: manifest(), files: [file('a')] };
  const after = { manifest: manifest(), files: [{ ...file('a'), mode: 0o755 as const }] };
  expect(differenceOf(before, after).files).toMatchObject([{ before: { mode: 0o644 }, after: { mode: 0o755 } }]);
});

it('tells each capability, limit and tool of the manifest that differs, and not the version', () => {
  const before = manifest({ capabilities: { http: ['a.example'] }, limits: { pids: 32 } });
  const after = manifest({
    version: '1.1.0',
    capabilities: { http: ['a.example', 'b.example'], kv: true },
    tools: [
      { name: 'one', description: 'another', inputSchema: { type: 'object' } },
      { name: 'two', description: 'x', inputSchema: { type: 'object' } },
    ],
  });
  const differing = differenceOf({ manifest: before, files: [] }, { manifest: after, files: [] }).manifest;
  expect(differing).toMatchObject([
    { field: 'capabilities.http', before: ['a.example'], after: ['a.example', 'b.example'] },
    { field: 'capabilities.kv', after: true },
    { field: 'limits.pids', before: 32, after: null },
    { field: 'tools.one', before: { description: 'x' }, after: { description: 'another' } },
    { field: 'tools.two', before: null, after: { name: 'two' } },
  ]);
});

it('calls everything new where nothing was before', () => {
  const { files, manifest: fields } = differenceOf(null, { manifest: manifest(), files: [file('a')] });
  expect(files).toMatchObject([{ path: 'a', before: null }]);
  expect(fields.every(({ before }) => before === null)).toBe(true);
  expect(fields.map(({ field }) => field)).toContain('tools.one');
});
