import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ERRORS } from '@paddock/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectBundle } from './inspectBundle.js';
import { packBundle } from './pack.js';
import { codeOf, streamOf } from './rawTar.testing.js';
import { unpackBundle } from './unpackBundle.js';

const part = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
/** Files that can stand together: every folder's name has a mark that no file's has. */
const bundle = fc
  .uniqueArray(fc.tuple(fc.array(part, { maxLength: 4 }), part), {
    minLength: 1,
    maxLength: 12,
    selector: ([folders, name]) => [...folders, name].join('/'),
  })
  .chain((paths) =>
    fc.tuple(
      ...paths.map(([folders, name]) =>
        fc.record({
          path: fc.constant([...folders.map((folder) => `${folder}.d`), `${name}.f`].join('/')),
          mode: fc.constantFrom(0o644, 0o755),
          data: fc.uint8Array({ maxLength: 3000 }),
        }),
      ),
    ),
  )
  .map((files) => [...files, { path: 'plugin.json', data: new TextEncoder().encode('{}') }]);

test('what is packed is what is read, whatever the order and the pieces it comes in', async () => {
  await fc.assert(
    fc.asyncProperty(bundle, fc.integer({ min: 1, max: 4096 }), async (files, pieces) => {
      const packed = await packBundle(files);
      const again = await packBundle([...files].reverse());
      expect(again.sha256).toBe(packed.sha256);
      const { files: found } = await inspectBundle(streamOf(packed.bytes, pieces));
      expect(found).toEqual(packed.files);
    }),
    { numRuns: 60 },
  );
});

test('bytes flipped anywhere end in a code or in the same files, and write nothing outside', async () => {
  const packed = await packBundle([
    { path: 'plugin.json', data: Buffer.from('{}') },
    { path: 'lib/a.js', data: Buffer.from('export const a = 1;\n'.repeat(60)) },
  ]);
  const tar = gunzipSync(packed.bytes);
  const scratch = await mkdtemp(join(tmpdir(), 'paddock-flip-'));
  const flip = (bytes: Uint8Array, flips: [number, number][]) => {
    const copy = Buffer.from(bytes);
    for (const [at, mask] of flips) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ mask;
    return copy;
  };
  const flips = fc.array(fc.tuple(fc.nat(100_000), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
  try {
    await fc.assert(
      fc.asyncProperty(flips, fc.boolean(), async (changes, insideGzip) => {
        const hostile = insideGzip ? gzipSync(flip(tar, changes)) : flip(packed.bytes, changes);
        const code = await codeOf(unpackBundle(streamOf(hostile), join(scratch, 'out'), packed.files));
        // gzip's time and platform, which no checksum covers, may say anything.
        if (code !== 'none') expect(Object.keys(ERRORS)).toContain(code);
        expect(await readdir(scratch)).toEqual(code === 'none' ? ['out'] : []);
        await rm(join(scratch, 'out'), { recursive: true, force: true });
      }),
      { numRuns: 400 },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
