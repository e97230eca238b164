/**
 * The `python` runtime: the interpreter of this host's system packages, its standard library as byte code, and the shared
 * libraries that they need. No pip, no test suite, nothing for a terminal or a window. Byte code is made here and not taken
 * from the host, since that holds times; a read-only image could not keep any that Python makes itself.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot, stateFolder } from '../local/folders.js';
import type { ImageContents, ImageFile } from './image.js';
import { sharedLibraries } from './sharedLibraries.js';

const run = promisify(execFile);
const COMPILE = join(repositoryRoot(), 'infra/runtimes/compile.py');
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];
const OLDEST_MINOR = 11;
/** Extension modules of the standard library that only its tests, terminals and old databases use. */
const UNUSED_EXTENSION = /^(?:_?xx|_test|_ctypes_test|_curses|_dbm|_gdbm|_tkinter|nis|ossaudiodev|readline)/;
/** The hash seed is fixed, so that sets are written in the same order each time. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', PYTHONHASHSEED: '0' };

/** An interpreter of this host's. */
export interface Python {
  readonly executable: string;
  readonly version: string;
  /** The folder of the standard library. */
  readonly library: string;
}

/** The system's Python, 3.11 or newer, with its standard library; undefined where there is none. */
export async function findPython(): Promise<Python | undefined> {
  const question =
    'import json, os, platform, sys; print(json.dumps({"executable": os.path.realpath(sys.executable), "version": platform.python_version(), "library": os.path.dirname(os.__file__)}))';
  for (const name of CANDIDATES) {
    const program = join('/usr/bin', name);
    if (!existsSync(program)) continue;
    const answer = await run(program, ['-I', '-S', '-c', question], { env: ENVIRONMENT }).catch(() => undefined);
    if (answer === undefined) continue;
    const python = JSON.parse(answer.stdout) as Python;
    const [major, minor] = python.version.split('.').map(Number);
    // The minimal package alone has an interpreter, but no such module.
    if (major === 3 && Number(minor) >= OLDEST_MINOR && existsSync(join(python.library, 'csv.py'))) return python;
  }
  return undefined;
}

/**
 * @param cache a folder for compiled libraries
 * @throws Error when the library does not compile, or this host lacks a shared library.
 */
export async function pythonContents(python: Python, cache = stateFolder()): Promise<ImageContents> {
  const dynload = join(python.library, 'lib-dynload');
  const extensions = (await readdir(dynload)).filter((name) => name.endsWith('.so') && !UNUSED_EXTENSION.test(name));
  const binaries = extensions.map((name) => join(dynload, name));
  return {
    runtime: 'python',
    version: python.version,
    files: [
      { path: 'usr/bin/python3', mode: 0o755, from: python.executable },
      ...binaries.map((from): ImageFile => ({ path: from.slice(1), mode: 0o644, from })),
      ...(await sharedLibraries(python.executable, ...binaries)),
      ...(await byteCode(python, cache)),
    ],
  };
}

/**
 * The standard library, each module as `<name>.pyc` in the place of its source. Compiling takes seconds, so the outcome is
 * kept in the state folder under a digest of what it was made from.
 */
async function byteCode(python: Python, cache: string): Promise<ImageFile[]> {
  const folder = join(cache, `python-${await sourcesDigest(python)}`);
  if (!existsSync(folder)) {
    const part = `${folder}.${process.pid}`;
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true });
    await run(python.executable, ['-S', '-s', '-B', COMPILE, python.library, part], { env: ENVIRONMENT });
    // Somebody else may have been faster, with the same bytes.
    await rename(part, folder).catch(() => rm(part, { recursive: true, force: true }));
  }
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pyc'));
  return names.map((name) => ({ path: join(python.library, name).slice(1), mode: 0o644, from: join(folder, name) }));
}

/** Of the interpreter's version, the compiler and each source's path, size and time. */
async function sourcesDigest({ version, library }: Python): Promise<string> {
  const hash = createHash('sha256').update(`${version}\0${await readFile(COMPILE, 'utf8')}`);
  const names = (await readdir(library, { recursive: true })).filter((name) => name.endsWith('.py')).sort();
  for (const name of names) {
    const { size, mtimeMs } = await stat(join(library, name));
    hash.update(`\0${name}\0${size}\0${mtimeMs}`);
  }
  return hash.digest('hex').slice(0, 16);
}
