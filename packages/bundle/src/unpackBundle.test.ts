import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packBundle } from './pack.js';
import { codeOf, streamOf } from './rawTar.testing.js';
import { unpackBundle } from './unpackBundle.js';

let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'paddock-unpack-'));
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

const input = [
  { path: 'plugin.json', data: Buffer.from('{}') },
  { path: 'bin/run.sh', mode: 0o755, data: Buffer.from('#!') },
  { path: 'lib/deep/a.js', data: Buffer.alloc(300_000, 'a') },
];

test('writes what was packed, readable by anyone, whatever the umask', async () => {
  const { bytes, files } = await packBundle(input);
  const destination = join(scratch, 'out');
  const before = process.umask(0o077);
  try {
    expect(await unpackBundle(streamOf(bytes), destination, files)).toEqual(files);
  } finally {
    process.umask(before);
  }
  const modes = async (path: string) => (await stat(join(destination, path))).mode & 0o7777;
  expect(await modes('.')).toBe(0o755);
  expect(await modes('lib/deep')).toBe(0o755);
  expect(await modes('bin/run.sh')).toBe(0o755);
  expect(await modes('plugin.json')).toBe(0o644);
  expect(await readFile(join(destination, 'lib/deep/a.js'))).toEqual(input[2]?.data);
  expect((await readdir(destination, { recursive: true })).sort()).toEqual([
    'bin',
    'bin/run.sh',
    'lib',
    'lib/deep',
    'lib/deep/a.js',
    'plugin.json',
  ]);
});

describe('anything else than the signed list leaves nothing', () => {
  const cases: [string, (files: Awaited<ReturnType<typeof packBundle>>['files']) => typeof files][] = [
    ['a digest', ([first, ...rest]) => (first ? [{ ...first, sha256: '0'.repeat(64) }, ...rest] : [])],
    ['a size', ([first, ...rest]) => (first ? [{ ...first, size: first.size + 1 }, ...rest] : [])],
    ['a mode', ([first, ...rest]) => (first ? [{ ...first, mode: 0o644 }, ...rest] : [])],
    ['a file too many', (files) => files.slice(1)],
    ['a file too few', (files) => [...files, { path: 'z', mode: 0o644, size: 0, sha256: '0'.repeat(64) }]],
    ['an empty list', () => []],
  ];
  test.each(cases)('%s', async (_what, change) => {
    const { bytes, files } = await packBundle(input);
    expect(await codeOf(unpackBundle(streamOf(bytes), join(scratch, 'out'), change(files)))).toBe(
      'statement_files_mismatch',
    );
    expect(await readdir(scratch)).toEqual([]);
  });
});

test('a folder that is there already is refused and left as it was', async () => {
  const { bytes } = await packBundle(input);
  const destination = join(scratch, 'out');
  await mkdir(join(destination, 'kept'), { recursive: true });
  const source = streamOf(bytes);
  await expect(unpackBundle(source, destination)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(source.destroyed).toBe(true);
  expect(await readdir(destination)).toEqual(['kept']);
});

test('a link in the folder’s place is not followed', async () => {
  const { bytes } = await packBundle(input);
  await mkdir(join(scratch, 'elsewhere'));
  await symlink(join(scratch, 'elsewhere'), join(scratch, 'out'));
  await expect(unpackBundle(streamOf(bytes), join(scratch, 'out'))).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readdir(join(scratch, 'elsewhere'))).toEqual([]);
});
