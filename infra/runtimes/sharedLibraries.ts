/** Which shared libraries a trusted binary of this host needs. It runs the host's `ldd`, so never give it a stranger's file. */
import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ImageFile } from './image.js';

/**
 * The libraries and the loader that trusted binaries of this host need, as files of an image; none for a static binary.
 * @throws Error when one of them is missing on this host.
 */
export async function sharedLibraries(...binaries: string[]): Promise<ImageFile[]> {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };
  const { stdout } = await promisify(execFile)('ldd', binaries, { env }).catch((error: { stderr?: string }) => {
    if (binaries.length === 1 && error.stderr?.includes('not a dynamic executable')) return { stdout: '' };
    throw error;
  });
  return Promise.all(
    parseLdd(stdout).map(async (path) => ({ path: path.slice(1), mode: 0o755, from: await realpath(path) })),
  );
}

/** Reads `ldd`'s lines: `name => /path (0x…)`, `/path (0x…)`, or the kernel's own `linux-vdso` without a path. */
export function parseLdd(output: string): string[] {
  const missing = /^\s*(\S+) => not found/m.exec(output);
  if (missing) throw new Error(`this host lacks the shared library ${missing[1]}`);
  const paths = [...output.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)$/gm)].map((match) => match[1] as string);
  return [...new Set(paths)].sort();
}
