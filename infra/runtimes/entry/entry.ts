/**
 * `paddock-entry`, the first process of every sandbox, as bytes for a runtime's image. It is compiled here and now: a
 * binary in the repository could not be read by anybody.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { HelpfulError } from '../../local/command.js';
import { repositoryRoot } from '../../local/folders.js';

/** Where it stands in each image; the sandbox's command line begins with it. */
export const ENTRY_PATH = 'usr/bin/paddock-entry';

/** Static, since the images of static programs have no libraries; without times, paths and build ids, so that the same compiler and C library give the same bytes. */
const FLAGS = [
  ...['-std=c11', '-O2', '-Wall', '-Wextra', '-Werror', '-fstack-protector-strong', '-D_FORTIFY_SOURCE=2'],
  ...['-static', '-s', '-fno-ident', '-Wl,--build-id=none', '-Wl,-z,noexecstack', '-Wl,-z,relro'],
];

/** @throws HelpfulError when it can't be compiled: gcc or the static C library is missing. */
export async function entryProgram(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'paddock-entry-'));
  try {
    // Started in the source's own folder, with names that are the same on every machine.
    const cwd = path.join(repositoryRoot(), 'infra/runtimes/entry');
    const output = path.join(folder, 'entry');
    await promisify(execFile)('gcc', [...FLAGS, '-o', output, 'entry.c'], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', SOURCE_DATE_EPOCH: '0' },
    }).catch((cause: Error & { stderr?: string }) => {
      throw new HelpfulError(`The sandbox’s first process can’t be compiled: ${cause.stderr || cause.message}`, {
        cause,
      });
    });
    return await readFile(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
