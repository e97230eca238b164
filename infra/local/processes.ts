/**
 * What can be asked of this machine's processes: whether a remembered one still lives, how a short command ends, where a
 * program stands, which ports are free. It starts nothing that stays: that is children.ts.
 */
import { type SpawnOptions, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Says how a process ended: `exit code 1`, `SIGKILL`. */
export const describeExit = ({ code, signal }: Exit): string => (signal === null ? `exit code ${code}` : signal);

/** The last `count` lines of a log file, or nothing when there is none. */
export async function lastLines(file: string, count = 15): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, 64 * 1024));
    await handle.read(buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-count).join('\n');
  } finally {
    await handle.close();
  }
}

/** Runs a short command to its end and returns what it wrote; stdin is empty. */
export async function output(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Exit & { text: string }> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-256 * 1024);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, text }));
  });
}

/** Where a program stands, on PATH or in the folders of system programs that a user's PATH often lacks. */
export function findProgram(...names: string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      if (folder !== '' && isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** When a process started, in clock ticks since the machine did; undefined once it has ended, or where there is no /proc. */
export function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19]; // A zombie has ended; only its parent has not looked yet.
  } catch {
    return undefined;
  }
}

/** Whether the process lives that had this number; with `started`, another that was given the number since is not it. */
export function isAlive(pid: number, started?: string): boolean {
  if (existsSync('/proc/self/stat')) {
    const now = startTime(pid);
    return now !== undefined && (started === undefined || now === started);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** TCP ports of 127.0.0.1 that nobody listens on, all different. Somebody may take one before you do: be ready to retry. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
