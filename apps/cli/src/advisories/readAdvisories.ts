/** OSV records as they are published: a JSON file, a folder of them, or a zip, here or on the web, one record at a time. */
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { CliError } from '../errors.js';
import { readInput } from '../files.js';
import { download, isUrl } from './download.js';

/** One record of OSV's is some kilobytes; the longest lists of versions take a few megabytes. */
const MAX_RECORD_BYTES = 32 * 1024 * 1024;

export interface RawRecord {
  /** Where it stands, for messages. */
  readonly place: string;
  readonly text: string;
}

/** @throws CliError `file_unreadable` */
export async function* readAdvisories(from: string): AsyncGenerator<RawRecord> {
  if (!isUrl(from)) return yield* fromPath(from);
  const { path, dispose } = await download(from);
  try {
    yield* fromPath(path);
  } finally {
    await dispose();
  }
}

async function* fromPath(path: string): AsyncGenerator<RawRecord> {
  const kind = await stat(path).catch(() => null);
  if (kind?.isDirectory()) yield* fromFolder(path);
  else if (/\.zip$/i.test(path)) yield* fromZip(path);
  else yield { place: path, text: (await readInput(path)).toString('utf8') };
}

async function* fromFolder(path: string): AsyncGenerator<RawRecord> {
  for await (const entry of await opendir(path)) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* fromFolder(inner);
    else if (entry.isFile() && entry.name.endsWith('.json')) yield* fromPath(inner);
  }
}

async function* fromZip(path: string): AsyncGenerator<RawRecord> {
  try {
    const zip = await openPromise(path);
    for await (const entry of zip.eachEntry()) {
      const place = `${path}:${entry.fileName}`;
      if (!entry.fileName.endsWith('.json')) continue;
      if (entry.uncompressedSize > MAX_RECORD_BYTES) throw new CliError('file_unreadable', `${place} is too large.`);
      yield { place, text: (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8') };
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError('file_unreadable', `${path} can’t be read: ${(error as Error).message}`);
  }
}
