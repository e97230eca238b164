/** For tests: the command as people run it, a process of its own, in a folder and with a home of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const BIN = fileURLToPath(new URL('../bin/paddock.js', import.meta.url));

export interface CliResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

type Paddock = (args: string[], options?: { env?: Record<string, string>; stdin?: string }) => Promise<CliResult>;

export interface CliFolder {
  readonly path: string;
  /** Runs `paddock` in the folder; its configuration is looked for there too. */
  readonly paddock: Paddock;
}

/** A folder that goes with the test. */
export async function cliFolder(): Promise<CliFolder> {
  const path = await mkdtemp(join(tmpdir(), 'paddock-cli-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return { path, paddock: paddockIn(path) };
}

/** Runs `paddock` in a folder that is there already, and with this environment. */
export const paddockIn =
  (path: string, common: Record<string, string> = {}): Paddock =>
  (args, { env = {}, stdin = '' } = {}) =>
    new Promise((resolve) => {
      const options = {
        cwd: path,
        env: { PATH: process.env['PATH'] ?? '', XDG_CONFIG_HOME: join(path, '.config'), ...common, ...env },
      };
      const child = execFile(process.execPath, [BIN, ...args], options, (error, stdout, stderr) => {
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
      });
      child.stdin?.end(stdin);
    });
