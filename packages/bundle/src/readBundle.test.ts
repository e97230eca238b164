import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inspectBundle } from './inspectBundle.js';
import { DEFAULT_BUNDLE_LIMITS } from './limits.js';
import { packBundle } from './pack.js';
import { codeOf, type RawEntry, rawTar, rawTgz, streamOf } from './rawTar.testing.js';
import { readBundle } from './readBundle.js';
import { unpackBundle } from './unpackBundle.js';

const manifest: RawEntry = { name: 'plugin.json', data: '{}' };
const good = rawTgz([manifest]);
const files = (...names: string[]) => rawTgz(names.map((name) => ({ name, data: 'x' })));
const MiB = 1024 * 1024;

/** Every one of these must end in its code, listed or unpacked, whole or byte by byte, and leave nothing behind. */
const hostile: [what: string, bytes: Buffer, code: string][] = [
  // gzip
  ['no bytes', Buffer.alloc(0), 'bundle_empty'],
  ['one byte of the magic', good.subarray(0, 1), 'bundle_truncated'],
  ['one wrong byte', Buffer.from('P'), 'bundle_not_gzip'],
  ['a header alone', good.subarray(0, 10), 'bundle_truncated'],
  ['wrong magic (zip)', Buffer.concat([Buffer.from('PK\x03\x04'), good]), 'bundle_not_gzip'],
  ['a tar without gzip', rawTar([manifest]), 'bundle_not_gzip'],
  ['a file name in the gzip header', Buffer.from(good).fill(8, 3, 4), 'bundle_not_gzip'],
  ['gzip that ends early', good.subarray(0, good.length - 20), 'bundle_truncated'],
  ['gzip without its trailer', good.subarray(0, good.length - 8), 'bundle_truncated'],
  ['gzip without its last byte', good.subarray(0, good.length - 1), 'bundle_truncated'],
  ['a wrong CRC', Buffer.from(good).fill(0, good.length - 8, good.length - 4), 'bundle_corrupt'],
  ['a wrong length', Buffer.from(good).fill(9, good.length - 4), 'bundle_corrupt'],
  ['broken deflate', Buffer.concat([good.subarray(0, 10), Buffer.alloc(40, 0xff)]), 'bundle_corrupt'],
  ['a second member', Buffer.concat([good, good]), 'bundle_trailing_data'],
  ['one byte behind the end', Buffer.concat([good, Buffer.alloc(1)]), 'bundle_trailing_data'],
  ['megabytes behind the end', Buffer.concat([good, Buffer.alloc(3 * MiB, 7)]), 'bundle_trailing_data'],
  ['a bundle in a bundle’s gzip', gzipSync(good), 'bundle_truncated'],
  ['a bomb by ratio', rawTgz([manifest, { name: 'bomb', data: Buffer.alloc(30 * MiB) }]), 'bundle_expands_too_far'],
  ['a bomb of zeros behind the end', rawTgz([manifest], Buffer.alloc(30 * MiB)), 'bundle_expands_too_far'],
  ['a size of 8 GiB', rawTgz([{ name: 'huge', size: '77777777777' }]), 'bundle_expands_too_far'],
  // the tar's frame
  ['an empty tar', gzipSync(Buffer.alloc(1024)), 'bundle_empty'],
  ['nothing in the gzip', gzipSync(Buffer.alloc(0)), 'bundle_truncated'],
  ['no empty blocks', rawTgz([manifest], Buffer.alloc(0)), 'bundle_truncated'],
  ['one empty block', rawTgz([manifest], Buffer.alloc(512)), 'bundle_truncated'],
  [
    'one empty block, then a file',
    gzipSync(Buffer.concat([rawTar([manifest], Buffer.alloc(512)), rawTar([{ name: 'a' }])])),
    'bundle_entry_header',
  ],
  [
    'a file behind the end',
    gzipSync(Buffer.concat([rawTar([manifest]), rawTar([{ name: 'hidden.js', data: 'x' }])])),
    'bundle_trailing_data',
  ],
  [
    'a byte behind the end of the tar',
    rawTgz([manifest], Buffer.concat([Buffer.alloc(1024), Buffer.from('x')])),
    'bundle_trailing_data',
  ],
  [
    'content that ends early',
    gzipSync(rawTar([{ name: 'a', data: 'x'.repeat(2000) }]).subarray(0, 1024)),
    'bundle_truncated',
  ],
  [
    'padding that holds bytes',
    rawTgz([{ name: 'a', data: 'x', padding: Buffer.alloc(511, 'y') }]),
    'bundle_entry_header',
  ],
  // headers
  ['a wrong checksum', rawTgz([{ ...manifest, checksum: '000001\0 ' }]), 'bundle_entry_header'],
  [
    'a base-256 size',
    rawTgz([{ name: 'a', size: Buffer.from('800000000000000000000001', 'hex') }]),
    'bundle_entry_header',
  ],
  ['a negative base-256 size', rawTgz([{ name: 'a', size: Buffer.alloc(12, 0xff) }]), 'bundle_entry_header'],
  ['a size that is not octal', rawTgz([{ name: 'a', size: '0000000008x' }]), 'bundle_entry_header'],
  ['GNU format', rawTgz([{ name: 'a', magic: 'ustar  \0' }]), 'bundle_entry_header'],
  ['the format before ustar', rawTgz([{ name: 'a', magic: '' }]), 'bundle_entry_header'],
  ['bytes behind a name’s end', rawTgz([{ name: 'plugin.json\0.evil' }]), 'bundle_entry_header'],
  ['noise', gzipSync(Buffer.alloc(2048, 'noise')), 'bundle_entry_header'],
  // types
  ['an old regular file (NUL)', rawTgz([{ name: 'a', type: '\0' }]), 'bundle_entry_type'],
  ['a hard link', rawTgz([{ name: 'a', type: '1', linkname: '/etc/passwd' }]), 'bundle_entry_type'],
  ['a symbolic link', rawTgz([{ name: 'a', type: '2', linkname: '/etc' }, { name: 'a/b' }]), 'bundle_entry_type'],
  ['a character device', rawTgz([{ name: 'a', type: '3' }]), 'bundle_entry_type'],
  ['a block device', rawTgz([{ name: 'a', type: '4' }]), 'bundle_entry_type'],
  ['a folder', rawTgz([{ name: 'a/', type: '5' }]), 'bundle_entry_type'],
  ['a FIFO', rawTgz([{ name: 'a', type: '6' }]), 'bundle_entry_type'],
  ['a contiguous file', rawTgz([{ name: 'a', type: '7' }]), 'bundle_entry_type'],
  [
    'a PAX size override',
    rawTgz([
      { name: 'PaxHeader', type: 'x', data: '18 size=99999999\n' },
      { name: 'a', data: 'x' },
    ]),
    'bundle_entry_type',
  ],
  [
    'a global PAX header',
    rawTgz([{ name: 'PaxHeader', type: 'g', data: '20 path=/etc/passwd\n' }]),
    'bundle_entry_type',
  ],
  [
    'a GNU long name',
    rawTgz([{ name: '././@LongLink', type: 'L', magic: 'ustar  \0', data: 'x'.repeat(5000) }]),
    'bundle_entry_type',
  ],
  [
    'a GNU long link',
    rawTgz([{ name: '././@LongLink', type: 'K', magic: 'ustar  \0', data: '/etc' }]),
    'bundle_entry_type',
  ],
  ['a sparse file', rawTgz([{ name: 'a', type: 'S', magic: 'ustar  \0' }]), 'bundle_entry_type'],
  // modes
  ['setuid', rawTgz([{ name: 'a', mode: '0004755' }]), 'bundle_entry_mode'],
  ['setgid', rawTgz([{ name: 'a', mode: '0002755' }]), 'bundle_entry_mode'],
  ['sticky', rawTgz([{ name: 'a', mode: '0001644' }]), 'bundle_entry_mode'],
  ['writable by all', rawTgz([{ name: 'a', mode: '0000666' }]), 'bundle_entry_mode'],
  ['unreadable', rawTgz([{ name: 'a', mode: '0000000' }]), 'bundle_entry_mode'],
  // paths
  ['a parent folder', files('../evil'), 'bundle_entry_path'],
  ['a parent folder inside', files('a/../../evil'), 'bundle_entry_path'],
  ['a parent folder by prefix', rawTgz([{ prefix: '..', name: 'evil' }]), 'bundle_entry_path'],
  ['an absolute path', files('/etc/cron.d/evil'), 'bundle_entry_path'],
  ['an absolute path by prefix', rawTgz([{ prefix: '/etc', name: 'evil' }]), 'bundle_entry_path'],
  ['a backslash', files('a\\..\\evil'), 'bundle_entry_path'],
  ['a drive', files('C:/evil'), 'bundle_entry_path'],
  ['an alternate stream', files('a.js:evil'), 'bundle_entry_path'],
  ['a dot', files('./a'), 'bundle_entry_path'],
  ['no name', files(''), 'bundle_entry_path'],
  ['an empty part', files('a//b'), 'bundle_entry_path'],
  ['a line feed', files('a\nb'), 'bundle_entry_path'],
  ['an escape sequence', files('\x1b[2Ja'), 'bundle_entry_path'],
  ['a name of 255 and more', rawTgz([{ prefix: 'p'.repeat(155), name: 'n'.repeat(100) }]), 'bundle_entry_path'],
  ['NFC', files('caf\u00e9.js'), 'bundle_entry_path'],
  ['NFD', files('cafe\u0301.js'), 'bundle_entry_path'],
  ['ß', files('stra\u00dfe.js', 'strasse.js'), 'bundle_entry_path'],
  ['a bidi override', files('a\u202egpj.js'), 'bundle_entry_path'],
  // two entries, one file
  ['a duplicate', files('a', 'a'), 'bundle_entry_duplicate'],
  ['a duplicate by prefix', rawTgz([{ name: 'a/b' }, { prefix: 'a', name: 'b' }]), 'bundle_entry_duplicate'],
  ['a case collision', files('index.js', 'Index.js'), 'bundle_entry_duplicate'],
  ['a case collision of folders', files('lib/a.js', 'LIB/b.js'), 'bundle_entry_duplicate'],
  ['a file that is a folder', files('a', 'a/b'), 'bundle_entry_duplicate'],
  ['a folder that is a file', files('a/b', 'a'), 'bundle_entry_duplicate'],
  ['a folder that is a file, by case', files('A/b', 'a'), 'bundle_entry_duplicate'],
];

test.each(hostile)('%s', async (_what, bytes, code) => {
  const scratch = await mkdtemp(join(tmpdir(), 'paddock-bundle-'));
  try {
    expect(await codeOf(inspectBundle(streamOf(bytes)))).toBe(code);
    if (bytes.length < 4000) expect(await codeOf(inspectBundle(streamOf(bytes, 1)))).toBe(code);
    expect(await codeOf(unpackBundle(streamOf(bytes), join(scratch, 'out')))).toBe(code);
    expect(await readdir(scratch)).toEqual([]);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

test('more files than allowed', async () => {
  const many = rawTgz(Array.from({ length: 10_001 }, (_, index) => ({ name: `f${index}` })));
  expect(await codeOf(inspectBundle(streamOf(many)))).toBe('bundle_too_many_files');
});

test('folders count as well', async () => {
  const deep = rawTgz(
    Array.from({ length: 200 }, (_, index) => ({ prefix: `d${index}${'/x'.repeat(60)}`, name: 'f' })),
  );
  expect(await codeOf(inspectBundle(streamOf(deep)))).toBe('bundle_too_many_files');
});

test.each([
  ['compressedBytes', { compressedBytes: 60 }, 'bundle_too_large'],
  ['unpackedBytes', { unpackedBytes: 2048 }, 'bundle_expands_too_far'],
  ['fileBytes', { fileBytes: 4000 }, 'bundle_expands_too_far'],
  ['files', { files: 1 }, 'bundle_too_many_files'],
])('limit %s', async (_name, limit, code) => {
  const bytes = rawTgz([manifest, { name: 'z', data: 'z'.repeat(5000) }]);
  expect(await codeOf(inspectBundle(streamOf(bytes)))).toBe('none');
  expect(await codeOf(inspectBundle(streamOf(bytes), { ...DEFAULT_BUNDLE_LIMITS, ...limit }))).toBe(code);
});

test('an oversize upload is left unread and its stream destroyed', async () => {
  let produced = 0;
  const endless = Readable.from(
    (function* () {
      yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
      // Stored deflate blocks that never end.
      for (;;) {
        produced += 65_540;
        yield Buffer.concat([Buffer.from([0, 0xff, 0xff, 0, 0]), Buffer.alloc(65_535, 'a')]);
      }
    })(),
    { objectMode: false },
  );
  const limits = { ...DEFAULT_BUNDLE_LIMITS, compressedBytes: MiB };
  const reading = (async () => {
    for await (const _ of readBundle(endless, limits));
  })();
  expect(await codeOf(reading)).toMatch(/^bundle_/);
  expect(endless.destroyed).toBe(true);
  expect(produced).toBeLessThan(3 * MiB);
});

test('what a reader leaves of a file is skipped', async () => {
  const { bytes } = await packBundle(['a', 'b', 'c'].map((path) => ({ path, data: Buffer.alloc(200_000, path) })));
  const seen: string[] = [];
  for await (const { path, content } of readBundle(streamOf(bytes))) {
    for await (const chunk of content) {
      seen.push(`${path}${String.fromCharCode(chunk[0] ?? 0)}`);
      break;
    }
  }
  expect(seen).toEqual(['aa', 'bb', 'cc']);
});

test('a reader that stops early releases the stream', async () => {
  const source = streamOf(good);
  for await (const _ of readBundle(source)) break;
  expect(source.destroyed).toBe(true);
});

test('a stream’s own error passes as it is', async () => {
  const failing = new Readable({
    read() {
      this.destroy(new Error('the disk is gone'));
    },
  });
  expect(await codeOf(inspectBundle(failing))).toMatchObject({ message: 'the disk is gone' });
  expect(await codeOf(inspectBundle('/nonexistent/bundle.tgz'))).toMatchObject({ code: 'ENOENT' });
});

test('a bundle needs a manifest, of bounded size', async () => {
  expect(await codeOf(inspectBundle(streamOf(files('index.js'))))).toBe('manifest_missing');
  const large = rawTgz([{ name: 'plugin.json', data: Buffer.alloc(MiB + 1, ' ') }]);
  expect(await codeOf(inspectBundle(streamOf(large)))).toBe('manifest_invalid');
});
