import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArtifactStore } from './artifactStore.js';
import { openArtifacts } from './fileArtifacts.js';

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const some = { maxBytes: 1024 * 1024 };
const ABSENT = '0'.repeat(64);

let dir: string;
let store: ArtifactStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'paddock-artifacts-'));
  store = await openArtifacts({ dir });
});
afterEach(() => rm(dir, { recursive: true }));

const files = async () =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const put = (bytes: Uint8Array | string) => store.put(Readable.from([Buffer.from(bytes)]), some);

describe('put and open', () => {
  it('give back any bytes, however they are cut, under their digest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), async (chunks) => {
        const bytes = Buffer.concat(chunks);
        expect(await store.put(Readable.from(chunks), some)).toEqual({ sha256: digest(bytes), size: bytes.length });
        expect(await buffer(await store.open(digest(bytes)))).toEqual(bytes);
        expect(await readFile(await store.path(digest(bytes)))).toEqual(bytes);
        expect(await store.has(digest(bytes))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('take bytes that are many times a stream’s buffer', async () => {
    const chunk = Buffer.alloc(256 * 1024, 'paddock');
    const { sha256, size } = await store.put(Readable.from(Array.from({ length: 64 }, () => chunk)), {
      maxBytes: 64 * chunk.length,
    });
    expect(size).toBe(64 * chunk.length);
    const hash = createHash('sha256');
    for await (const read of await store.open(sha256)) hash.update(read as Buffer);
    expect(hash.digest('hex')).toBe(sha256);
  });

  it('store the same bytes once, and twice is no error', async () => {
    expect(await put('same')).toEqual(await put('same'));
    expect(await files()).toHaveLength(1);
  });

  it('hold when 50 come at once, ten times the same five', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => put(`bytes ${n % 5}`.repeat(5000))));
    expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(5);
    expect(await files()).toHaveLength(5);
    for (const { sha256 } of all) await store.path(sha256);
  });

  it('hold when two stores share the folder', async () => {
    const other = await openArtifacts({ dir });
    const { sha256 } = await put('shared');
    expect((await buffer(await other.open(sha256))).toString()).toBe('shared');
  });

  it('write a file that nobody may write to', async () => {
    const { sha256 } = await put('read-only');
    expect((await stat(await store.path(sha256))).mode & 0o777).toBe(0o444);
  });
});

describe('put', () => {
  it('takes just as many bytes as allowed, and not one more', async () => {
    expect(await store.put(Readable.from([Buffer.alloc(10)]), { maxBytes: 10 })).toMatchObject({ size: 10 });
    await expect(store.put(Readable.from([Buffer.alloc(11, 1)]), { maxBytes: 10 })).rejects.toMatchObject({
      code: 'too_large',
    });
    expect(await files()).toHaveLength(1);
  });

  it('stops in the middle of an endless stream, and leaves nothing', async () => {
    let given = 0;
    const endless = new Readable({
      read() {
        given += 1024;
        this.push(Buffer.alloc(1024));
      },
    });
    await expect(store.put(endless, { maxBytes: 100_000 })).rejects.toMatchObject({ code: 'too_large' });
    expect(endless.destroyed).toBe(true);
    expect(given).toBeLessThan(500_000);
    expect(await files()).toEqual([]);
  });

  it('leaves nothing of a stream that breaks', async () => {
    const breaking = Readable.from(
      (async function* () {
        yield Buffer.alloc(1000);
        throw new Error('connection lost');
      })(),
    );
    await expect(store.put(breaking, some)).rejects.toThrow('connection lost');
    expect(await files()).toEqual([]);
  });

  it('leaves nothing of a stream that is destroyed in the middle', async () => {
    const stream = new PassThrough();
    stream.write(Buffer.alloc(1000));
    const putting = store.put(stream, some);
    stream.destroy();
    await expect(putting).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await files()).toEqual([]);
  });

  it('leaves nothing when it is aborted, before or in the middle', async () => {
    const stream = new PassThrough();
    stream.write(Buffer.alloc(1000));
    const controller = new AbortController();
    const putting = store.put(stream, { ...some, signal: controller.signal });
    controller.abort();
    await expect(putting).rejects.toMatchObject({ name: 'AbortError' });
    expect(stream.destroyed).toBe(true);
    await expect(store.put(Readable.from(['x']), { ...some, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(await files()).toEqual([]);
  });

  it('destroys the stream when the disk fails it', async () => {
    await rm(join(dir, 'incoming'), { recursive: true });
    const stream = new PassThrough();
    await expect(store.put(stream, some)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(stream.destroyed).toBe(true);
  });

  it('replaces a corrupt file by the right bytes', async () => {
    const { sha256 } = await put('right');
    await corrupt(sha256);
    await put('right');
    expect((await buffer(await store.open(sha256))).toString()).toBe('right');
  });
});

async function corrupt(sha256: string): Promise<void> {
  const path = await store.path(sha256, false);
  const file = await open(path, 'r+').catch(async () => {
    // Without root's rights, a read-only file is replaced instead.
    await rm(path);
    return open(path, 'w+');
  });
  await file.write('W', 0);
  await file.close();
}

describe('what is not as it was stored', () => {
  it('errs before the stream’s end', async () => {
    const { sha256 } = await put('right');
    await corrupt(sha256);
    let ended = false;
    const stream = await store.open(sha256);
    stream.on('end', () => {
      ended = true;
    });
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'corrupt' });
    expect(ended).toBe(false);
    await expect(store.path(sha256)).rejects.toMatchObject({ code: 'corrupt' });
    expect(await store.path(sha256, false)).toContain(sha256.slice(2));
  });

  it('is found too when bytes were added, or all are gone', async () => {
    const { sha256 } = await put('right');
    const path = await store.path(sha256);
    await rm(path);
    await writeFile(path, 'right');
    await store.path(sha256);
    await appendFile(path, '!');
    await expect(buffer(await store.open(sha256))).rejects.toMatchObject({ code: 'corrupt' });
    await writeFile(path, '');
    await expect(buffer(await store.open(sha256))).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('is missing when it is not there', async () => {
    expect(await store.has(ABSENT)).toBe(false);
    await expect(store.open(ABSENT)).rejects.toMatchObject({ code: 'missing' });
    await expect(store.path(ABSENT, false)).rejects.toMatchObject({ code: 'missing' });
    await store.delete(ABSENT);
  });

  it.each(['', 'ab', '../../../etc/passwd', 'A'.repeat(64), `${'0'.repeat(64)}\n`, `../${'0'.repeat(61)}`])(
    'is no digest: %j',
    async (name) => {
      for (const verb of ['open', 'path', 'has', 'delete'] as const) {
        await expect(store[verb](name)).rejects.toMatchObject({ code: 'digest_malformed' });
      }
    },
  );

  it('is gone once deleted, and closes its file when a reader gives up', async () => {
    const { sha256 } = await put(Buffer.alloc(500_000, 7));
    const stream = await store.open(sha256);
    stream.once('data', () => stream.destroy());
    await new Promise((resolve) => stream.once('close', resolve));
    await store.delete(sha256);
    expect(await store.has(sha256)).toBe(false);
    expect(await files()).toEqual([]);
  });
});

describe('what was stored before a time', () => {
  it('is listed, and deleted unless it was stored again since', async () => {
    const [old, renewed, fresh] = [await put('old'), await put('renewed'), await put('fresh')];
    const past = new Date(Date.now() - 7_200_000);
    for (const { sha256 } of [old, renewed])
      await utimes(join(dir, 'sha256', sha256.slice(0, 2), sha256.slice(2)), past, past);
    const before = Date.now() - 3_600_000;
    const listed: string[] = [];
    for await (const sha256 of store.listStoredBefore(before)) listed.push(sha256);
    expect(listed.sort()).toEqual([old.sha256, renewed.sha256].sort());
    await put('renewed');
    const deleted = await Promise.all(
      [old, renewed, fresh].map(({ sha256 }) => store.deleteStoredBefore(sha256, before)),
    );
    expect(deleted).toEqual([true, false, false]);
    expect(await store.has(old.sha256)).toBe(false);
    expect(await store.has(renewed.sha256)).toBe(true);
    expect(await store.deleteStoredBefore(ABSENT, before)).toBe(false);
  });
});

describe('openArtifacts', () => {
  it('clears uploads that died over an hour ago, and no younger one', async () => {
    const [old, young] = [join(dir, 'incoming', 'old'), join(dir, 'incoming', 'young')];
    for (const file of [old, young]) await writeFile(file, 'half');
    const twoHoursAgo = Date.now() / 1000 - 2 * 3600;
    await utimes(old, twoHoursAgo, twoHoursAgo);
    const { sha256 } = await put('kept');
    await utimes(await store.path(sha256), twoHoursAgo, twoHoursAgo);
    await openArtifacts({ dir });
    expect((await files()).sort()).toEqual([sha256.slice(2), 'young'].sort());
  });
});
