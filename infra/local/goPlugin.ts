/** Builds a plugin's Go program as its author would: static, without a path or a time of this machine in it. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { HelpfulError } from './command.js';
import { stateFolder } from './folders.js';
import { findGo } from './prerequisites/languages.js';

/**
 * @param folder with go.mod and the program
 * @param executable the file to write
 * @throws HelpfulError when there is no Go, or it does not compile
 */
export async function buildGoPlugin(folder: string, executable: string): Promise<void> {
  const go = findGo();
  if (go === undefined) throw new HelpfulError('Go was not found: put a Go 1.19 or newer on the PATH.');
  // Kept, since Go compiles its standard library on the way.
  const cache = path.join(stateFolder(), 'go');
  await mkdir(cache, { recursive: true });
  await promisify(execFile)(go, ['build', '-trimpath', '-ldflags=-s -w', '-o', executable, '.'], {
    cwd: folder,
    env: {
      ...{ PATH: process.env['PATH'] ?? '', HOME: cache, GOCACHE: cache, CGO_ENABLED: '0' },
      ...{ GOFLAGS: '-mod=mod -buildvcs=false', GOPROXY: 'off', GOTOOLCHAIN: 'local' },
    },
  }).catch((cause: Error & { stderr?: string }) => {
    throw new HelpfulError(`${folder} can’t be built: ${cause.stderr || cause.message}`, { cause });
  });
}
