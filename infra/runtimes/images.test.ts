import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNTIMES } from '@paddock/contracts';
import Docker from 'dockerode';
import tar from 'tar-stream';
import { describe, expect, it } from 'vitest';
import type { ImageContents } from './image.js';
import { ensureRuntimeImages } from './images.js';
import { findPython, pythonContents } from './python.js';
import { parseLdd } from './sharedLibraries.js';

const socketPath = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '');
const docker = new Docker({ socketPath });

describe('parseLdd', () => {
  it('takes libraries and the loader, and leaves the kernel’s own out', () => {
    const output = [
      '/usr/lib/python3.11/lib-dynload/_ssl.so:',
      '\tlinux-vdso.so.1 (0x00007ffd6b1f2000)',
      '\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f1e70902000)',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1e7041e000)',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f1e709fa000)',
    ].join('\n');
    expect(parseLdd(output)).toEqual([
      '/lib/x86_64-linux-gnu/libc.so.6',
      '/lib/x86_64-linux-gnu/libm.so.6',
      '/lib64/ld-linux-x86-64.so.2',
    ]);
  });

  it('refuses when one is missing', () => {
    expect(() => parseLdd('\tlibfoo.so.1 => not found\n')).toThrow('libfoo.so.1');
  });
});

describe('ensureRuntimeImages', () => {
  it('makes an image for every runtime, with the same id each time; the second time nothing is loaded', async () => {
    const first = await ensureRuntimeImages(docker);
    const lines: string[] = [];
    expect(await ensureRuntimeImages(docker, (line) => lines.push(line))).toEqual(first);
    expect(lines).toEqual([]);
    expect(Object.keys(first).sort()).toEqual([...RUNTIMES].sort());

    for (const runtime of RUNTIMES) {
      const image = await docker.getImage(first[runtime] ?? '').inspect();
      expect(image.Config.Labels).toMatchObject({ paddock: 'runtime', 'paddock.runtime': runtime });
      expect(image.Config.User).toBe('65532:65532');
      expect(image.RepoTags.join()).toContain(`paddock/runtime-${runtime}:`);
    }
  }, 120_000);

  it.each(RUNTIMES)(
    '%s has no shell, no package manager, no setuid file and nothing that is writable',
    async (runtime) => {
      const { [runtime]: imageId = '' } = await ensureRuntimeImages(docker);
      const files = await filesOf(imageId);
      const names = files.map(({ name }) => name.split('/').at(-1));
      for (const name of ['sh', 'bash', 'dash', 'busybox', 'apt', 'dpkg', 'npm', 'pip', 'pip3', 'su', 'mount', 'env'])
        expect(names).not.toContain(name);
      expect(files.filter(({ mode }) => (mode & 0o7022) !== 0)).toEqual([]);
      expect(files.filter(({ type }) => type !== 'file' && type !== 'directory')).toEqual([]);
      const programs = { node: ['usr/bin/node'], python: ['usr/bin/python3'], native: [] }[runtime];
      expect(files.map(({ name }) => name).filter((name) => /^usr\/bin\/./.test(name))).toEqual(
        [...programs, 'usr/bin/paddock-entry'].sort(),
      );
    },
    120_000,
  );
});

describe('pythonContents', () => {
  it('compiles to the same bytes each time', async () => {
    const python = await findPython();
    if (python === undefined) throw new Error('this machine has no Python; npm test installs it');
    const folders = [await mkdtemp(join(tmpdir(), 'paddock-a-')), await mkdtemp(join(tmpdir(), 'paddock-b-'))];
    try {
      const [first, second] = await Promise.all(
        folders.map(async (cache) => digests(await pythonContents(python, cache))),
      );
      expect(second?.length).toBeGreaterThan(200);
      expect(second).toEqual(first);
    } finally {
      for (const folder of folders) await rm(folder, { recursive: true });
    }
  }, 240_000);
});

const digests = ({ files }: ImageContents) =>
  Promise.all(
    files.map(async (file) => {
      const content = 'content' in file ? file.content : await readFile(file.from);
      return [file.path, createHash('sha256').update(content).digest('hex')];
    }),
  );

/** The headers of an image's one layer. */
async function filesOf(imageId: string): Promise<tar.Header[]> {
  const files: tar.Header[] = [];
  const outer = tar.extract();
  (await docker.getImage(imageId).get()).pipe(outer);
  for await (const entry of outer) {
    if (!entry.header.name.endsWith('layer.tar')) {
      entry.resume();
      continue;
    }
    const layer = tar.extract();
    entry.pipe(layer);
    for await (const file of layer) {
      files.push(file.header);
      file.resume();
    }
  }
  return files;
}
