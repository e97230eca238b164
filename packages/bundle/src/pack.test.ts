import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packBundle } from './pack.js';
import { codeOf } from './rawTar.testing.js';

const data = Buffer.from('x');

test('the same input gives the same bytes, and the header names no time and no platform', async () => {
  const files = [
    { path: 'b', data },
    { path: 'a/c', data, mode: 0o755 },
    { path: 'B2', data },
  ];
  const packed = await packBundle(files);
  expect(await packBundle([...files].reverse())).toEqual(packed);
  expect(packed.files.map(({ path }) => path)).toEqual(['B2', 'a/c', 'b']);
  expect(Buffer.from(packed.bytes.subarray(0, 10)).toString('hex')).toBe('1f8b08000000000000ff');
});

test('other tools can read it', async () => {
  const long = `${'folder/'.repeat(20)}${'n'.repeat(99)}`;
  const { bytes } = await packBundle([
    { path: long, data },
    { path: 'plugin.json', data, mode: 0o755 },
  ]);
  const scratch = await mkdtemp(join(tmpdir(), 'paddock-pack-'));
  try {
    await writeFile(join(scratch, 'bundle.tgz'), bytes);
    const { stdout } = await promisify(execFile)('tar', ['-tvzf', join(scratch, 'bundle.tgz')]);
    expect(stdout).toContain(long);
    expect(stdout).toMatch(/-rwxr-xr-x 0\/0 +1 1970-01-01 \S+ plugin\.json/);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

test.each([
  ['no files', [], 'bundle_empty'],
  ['a path upwards', [{ path: '../a', data }], 'bundle_entry_path'],
  ['a path that fits no header', [{ path: `a/${'n'.repeat(120)}`, data }], 'bundle_entry_path'],
  [
    'a case collision',
    [
      { path: 'a', data },
      { path: 'A', data },
    ],
    'bundle_entry_duplicate',
  ],
  [
    'a duplicate',
    [
      { path: 'a', data },
      { path: 'a', data },
    ],
    'bundle_entry_duplicate',
  ],
  [
    'a file under a file',
    [
      { path: 'a', data },
      { path: 'a/b', data },
    ],
    'bundle_entry_duplicate',
  ],
  ['a mode', [{ path: 'a', data, mode: 0o4755 }], 'bundle_entry_mode'],
  [
    'too many files',
    Array.from({ length: 10_001 }, (_, index) => ({ path: `f${index}`, data })),
    'bundle_too_many_files',
  ],
  ['a file that is too large', [{ path: 'a', data: new Uint8Array(65 * 1024 * 1024) }], 'bundle_expands_too_far'],
])('refuses %s', async (_what, files, code) => {
  expect(await codeOf(packBundle(files))).toBe(code);
});
