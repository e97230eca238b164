import { expect, test } from 'vitest';
import { checkManifest } from './manifest.js';

const manifest = {
  name: 'acme/tables',
  version: '1.0.0',
  description: 'Reads tables.',
  runtime: 'node',
  entry: 'index.js',
  tools: [
    {
      name: 'parse',
      description: 'Parses a table.',
      inputSchema: { type: 'object', properties: { text: { type: 'string', pattern: '^a+$' } } },
    },
  ],
};
const tool = manifest.tools[0];
const files = [
  { path: 'index.js', mode: 0o644 },
  { path: 'bin/plugin', mode: 0o755 },
  { path: 'plugin.json', mode: 0o644 },
] as const;
const expected = { plugin: 'acme/tables', version: '1.0.0' };
const check = (text: string) => checkManifest(new TextEncoder().encode(text), files, expected);
const json = (changes: object) => JSON.stringify({ ...manifest, ...changes });
const nested = (levels: number): object => (levels === 0 ? {} : { properties: { a: nested(levels - 1) } });

test('a manifest is answered with its defaults', () => {
  expect(check(json({}))).toMatchObject({ ...manifest, capabilities: {}, limits: {}, minIsolation: 'L1' });
});

test('a native entry is an executable file', () => {
  expect(check(json({ runtime: 'native', entry: 'bin/plugin' }))).toMatchObject({ entry: 'bin/plugin' });
});

test.each([
  ['no JSON', '{', 'manifest_not_json'],
  ['no bytes', '', 'manifest_not_json'],
  ['a comment', `${json({})} // hi`, 'manifest_not_json'],
  ['a property twice', json({}).replace('{', '{"entry":"other.js",'), 'manifest_not_json'],
  ['__proto__', json({}).replace('{', '{"__proto__":{"entry":"other.js"},'), 'manifest_not_json'],
  [
    '__proto__ inside a schema',
    json({}).replace('"inputSchema":{', '"inputSchema":{"__proto__":{},'),
    'manifest_not_json',
  ],
  ['a JSON bomb', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'manifest_not_json'],
  ['more than a MiB', `${json({})}${' '.repeat(1024 * 1024)}`, 'manifest_invalid'],
  ['an array', '[]', 'manifest_invalid'],
  ['null', 'null', 'manifest_invalid'],
  ['an image', json({ image: 'evil:latest' }), 'manifest_invalid'],
  ['mounts', json({ mounts: ['/'] }), 'manifest_invalid'],
  ['a working folder', json({ workdir: '/host' }), 'manifest_invalid'],
  ['a user', json({ user: 'root' }), 'manifest_invalid'],
  ['a device', json({ devices: ['/dev/kvm'] }), 'manifest_invalid'],
  ['environment', json({ env: { A: 'b' } }), 'manifest_invalid'],
  ['an unknown capability', json({ capabilities: { exec: true } }), 'manifest_invalid'],
  ['an unknown limit', json({ limits: { gpu: 1 } }), 'manifest_invalid'],
  ['a limit out of range', json({ limits: { memoryBytes: 2 ** 50 } }), 'manifest_invalid'],
  ['a wildcard host', json({ capabilities: { http: ['*.example.com'] } }), 'manifest_invalid'],
  ['an address as a host', json({ capabilities: { http: ['10.0.0.1'] } }), 'manifest_invalid'],
  ['a wrong type', json({ tools: 'all' }), 'manifest_invalid'],
  ['no tools', json({ tools: [] }), 'manifest_invalid'],
  ['a tool twice', json({ tools: [tool, tool] }), 'manifest_invalid'],
  ['an unknown key in a tool', json({ tools: [{ ...tool, annotations: {} }] }), 'manifest_invalid'],
  ['an unknown runtime', json({ runtime: 'cobol' }), 'manifest_invalid'],
  ['a native entry that is not executable', json({ runtime: 'native' }), 'manifest_invalid'],
  ['bad semver', json({ version: '1.0' }), 'manifest_invalid'],
  ['semver with a v', json({ version: 'v1.0.0' }), 'manifest_invalid'],
  ['semver with build metadata', json({ version: '1.0.0+1' }), 'manifest_invalid'],
  ['an entry outside', json({ entry: '../index.js' }), 'manifest_invalid'],
  ['an absolute entry', json({ entry: '/bin/sh' }), 'manifest_invalid'],
  ['a missing entry', json({ entry: 'main.js' }), 'manifest_entry_missing'],
  ['an entry in other letters', json({ entry: 'INDEX.js' }), 'manifest_entry_missing'],
  ['a folder as entry', json({ entry: 'lib' }), 'manifest_entry_missing'],
  ['no schema', json({ tools: [{ ...tool, inputSchema: { type: 'strin' } }] }), 'manifest_schema_invalid'],
  ['a bad output schema', json({ tools: [{ ...tool, outputSchema: { required: 'a' } }] }), 'manifest_schema_invalid'],
  [
    'a schema that refers outside',
    json({ tools: [{ ...tool, inputSchema: { $ref: 'https://example.com/s.json' } }] }),
    'manifest_schema_invalid',
  ],
  [
    'a pattern that backtracks only',
    json({ tools: [{ ...tool, inputSchema: { pattern: '(a)\\1' } }] }),
    'manifest_schema_invalid',
  ],
  ['a schema that nests deep', json({ tools: [{ ...tool, inputSchema: nested(20) }] }), 'manifest_schema_invalid'],
  [
    'a large schema',
    json({ tools: [{ ...tool, inputSchema: { description: 'x'.repeat(70_000) } }] }),
    'manifest_schema_invalid',
  ],
  ['another plugin', json({ name: 'acme/chairs' }), 'statement_name_mismatch'],
  ['another version', json({ version: '1.0.1' }), 'statement_name_mismatch'],
])('%s', (_what, text, code) => {
  expect(() => check(text)).toThrow(expect.objectContaining({ code }));
});

test('faults are named by their place', () => {
  const places = (text: string) => {
    try {
      check(text);
    } catch (error) {
      return (error as { issues: { path: string }[] }).issues.map(({ path }) => path);
    }
  };
  expect(places(json({ version: '1', limits: { pids: 'many' } }))).toEqual(['version', 'limits.pids']);
  expect(places(json({ tools: [tool, { ...tool, name: 'b', inputSchema: { type: 1 } }] }))).toEqual([
    'tools.1.inputSchema',
  ]);
});
