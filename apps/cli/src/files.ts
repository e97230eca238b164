/** Files of whoever calls: read and written with errors that name the file. */
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { CliError } from './errors.js';

/** @throws CliError `file_unreadable` */
export async function readInput(path: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CliError('file_unreadable', `${path} can’t be read (${codeOf(error)}).`);
  }
}

/** Writes a new file that only its owner can read. @throws CliError `file_exists`, `file_unreadable` */
export async function writeSecretFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new CliError('file_exists', `${path} is there already, and is not overwritten.`);
    throw new CliError('file_unreadable', `${path} can’t be written (${codeOf(error)}).`);
  }
}

/** Replaces a file at once, so that nobody finds it half written. @throws CliError `file_unreadable` */
export async function replaceFile(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    const file = await open(part, 'wx', mode);
    try {
      await file.writeFile(data);
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw new CliError('file_unreadable', `${path} can’t be written (${codeOf(error)}).`);
  }
}

/** All of stdin. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
