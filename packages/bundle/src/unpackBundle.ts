/**
 * Writes a bundle's files into a fresh folder, which is removed again unless all of it is right. Every path is built here
 * from parts that were checked, below a folder that was not there before.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundleFile, PaddockError } from '@paddock/contracts';
import type { BundleLimits } from './limits.js';
import { type BundleEntry, type BundleSource, readBundle } from './readBundle.js';

/** Never an existing file, never through a link. */
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** Readable by whichever user a sandbox runs as, whatever this process' umask; writable by this process' user alone. */
const FOLDER_MODE = 0o755;

/**
 * @param destination a folder that does not exist yet, inside one that does and that only this process writes to.
 * @param expectedFiles what the signed statement lists; when given, the bundle must hold just that, mode by mode and digest by digest.
 * @throws PaddockError with one of the `bundle_` codes, or `statement_files_mismatch`; the file system's errors pass as they
 *   are. After any of them the folder is gone, unless it was there before.
 */
export async function unpackBundle(
  source: BundleSource,
  destination: string,
  expectedFiles?: readonly BundleFile[],
  limits?: BundleLimits,
): Promise<BundleFile[]> {
  try {
    await mkdir(destination);
  } catch (error) {
    if (typeof source !== 'string') source.destroy(); // Nothing will read it any more, as after every other failure.
    throw error;
  }
  try {
    return await writeEntries(source, destination, expectedFiles, limits);
  } catch (error) {
    await rm(destination, { recursive: true, force: true });
    throw error;
  }
}

async function writeEntries(
  source: BundleSource,
  destination: string,
  expectedFiles: readonly BundleFile[] | undefined,
  limits: BundleLimits | undefined,
): Promise<BundleFile[]> {
  await chmod(destination, FOLDER_MODE);
  const expected = expectedFiles && new Map(expectedFiles.map((file) => [file.path, file]));
  const folders = new Set<string>();
  const files: BundleFile[] = [];
  for await (const entry of readBundle(source, limits)) {
    const wanted = expected?.get(entry.path);
    // Before a byte of it is written, as far as its header tells.
    if (expected && (wanted?.size !== entry.size || wanted.mode !== entry.mode))
      throw new PaddockError('statement_files_mismatch', entry.path);
    const parts = entry.path.split('/');
    await makeFolders(destination, parts.slice(0, -1), folders);
    const file = await writeFile(join(destination, ...parts), entry);
    if (wanted && wanted.sha256 !== file.sha256) throw new PaddockError('statement_files_mismatch', entry.path);
    files.push(file);
  }
  // Each was expected and none came twice, so equal numbers mean equal sets.
  if (expected && files.length !== expected.size)
    throw new PaddockError('statement_files_mismatch', 'A listed file is missing.');
  return files;
}

async function makeFolders(root: string, parts: readonly string[], made: Set<string>): Promise<void> {
  let folder = root;
  for (const part of parts) {
    folder = join(folder, part);
    if (made.has(folder)) continue;
    await mkdir(folder);
    await chmod(folder, FOLDER_MODE);
    made.add(folder);
  }
}

async function writeFile(target: string, { path, mode, size, content }: BundleEntry): Promise<BundleFile> {
  const hash = createHash('sha256');
  const handle: FileHandle = await open(target, CREATE, 0o600);
  try {
    for await (const chunk of content) {
      hash.update(chunk);
      await writeAll(handle, chunk);
    }
    await handle.chmod(mode);
  } finally {
    await handle.close();
  }
  return { path, mode, size, sha256: hash.digest('hex') };
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten;
}
