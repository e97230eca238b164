import Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { ensureNodeImage } from './nodeImage.js';
import { parseLdd } from './sharedLibraries.js';

const socketPath = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '');

describe('parseLdd', () => {
  it('takes libraries and the loader, and leaves the kernel’s own out', () => {
    const output = [
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

describe('ensureNodeImage', () => {
  it('gives the same id twice, and the second time loads nothing', async () => {
    const docker = new Docker({ socketPath });
    const first = await ensureNodeImage(docker);
    const lines: string[] = [];
    const second = await ensureNodeImage(docker, (line) => lines.push(line));
    expect(second).toEqual(first);
    expect(lines).toEqual([]);

    const image = await docker.getImage(first.imageId).inspect();
    expect(image.Config.Labels).toMatchObject({ paddock: 'runtime', 'paddock.runtime': 'node' });
    expect(image.Config.User).toBe('65532:65532');
    expect(image.RepoTags[0]).toMatch(/^paddock\/runtime-node:[0-9a-f]{12}$/);
  }, 120_000);
});
