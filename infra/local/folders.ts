/**
 * Where the local commands keep things: the checkout, its state folder on this machine, and one run folder a command.
 * It never writes into the checkout, but for `.paddock/`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isAlive, startTime } from './processes.js';

const KEEP_LOGS_MS = 24 * 3600 * 1000;

/** The checkout's root: the nearest folder above this file that holds the lock file. */
export function repositoryRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package-lock.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The checkout’s root, with package-lock.json, was not found.');
    folder = parent;
  }
  return folder;
}

/** `.paddock` in the checkout: what a person may want to look at, such as `stack.json`. Git ignores it. */
export const dotPaddock = (): string => path.join(repositoryRoot(), '.paddock');

/**
 * The state folder of this checkout: `PADDOCK_STATE_DIR`, or a folder of its own under /var/lib (root) or the home.
 * Not in the checkout, because a database run as another user must reach its files.
 */
export function stateFolder(): string {
  const given = process.env['PADDOCK_STATE_DIR'];
  if (given) return path.resolve(given);
  const checkout = createHash('sha256').update(repositoryRoot()).digest('hex').slice(0, 8);
  const base = process.getuid?.() === 0 ? '/var/lib/paddock' : path.join(homedir(), '.local/state/paddock');
  return path.join(base, checkout);
}

/** A folder that one command owns and that goes with it. */
export interface RunFolder {
  readonly path: string;
  /** Holds a log file for each process. */
  readonly logs: string;
  /** Removes the folder; with `keepLogs`, all but its logs, which go a day later. */
  remove(options?: { keepLogs?: boolean }): Promise<void>;
}

/** Makes a run folder, and clears away those whose command was killed. */
export async function makeRunFolder(): Promise<RunFolder> {
  const runs = path.join(stateFolder(), 'runs');
  // 0711: a database that runs as its own user passes through, and nobody lists.
  await mkdir(runs, { recursive: true, mode: 0o711 });
  await sweep(runs);
  const folder = path.join(runs, `${process.pid}-${randomBytes(3).toString('hex')}`);
  const logs = path.join(folder, 'logs');
  await mkdir(folder, { mode: 0o711 });
  await mkdir(logs, { mode: 0o700 });
  await writeFile(path.join(folder, 'owner'), `${process.pid} ${startTime(process.pid) ?? ''}`);
  return {
    path: folder,
    logs,
    remove: ({ keepLogs = false } = {}) => removeRun(folder, keepLogs),
  };
}

async function sweep(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const folder = path.join(runs, name);
    const owner = await readFile(path.join(folder, 'owner'), 'utf8').catch(() => undefined);
    if (owner !== undefined) {
      const [pid, started] = owner.split(' ');
      if (isAlive(Number(pid), started === '' ? undefined : started)) continue;
      await removeRun(folder, true);
    }
    const age = await stat(folder).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > KEEP_LOGS_MS) await rm(folder, { recursive: true, force: true });
  }
}

async function removeRun(folder: string, keepLogs: boolean): Promise<void> {
  if (!keepLogs) return rm(folder, { recursive: true, force: true, maxRetries: 5 });
  for (const name of await readdir(folder).catch(() => [])) {
    if (name !== 'logs') await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
}
