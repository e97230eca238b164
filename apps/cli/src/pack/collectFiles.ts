/** The files of a plugin's folder that go into its bundle. It follows no link, so nothing from elsewhere gets in. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IGNORE_FILE, IgnoreFileError, leftOutRule, type PackInput } from '@paddock/bundle';
import { CliError } from '../errors.js';
import { readInput } from '../files.js';

/** @throws CliError `file_kind` for links and other things that are no regular files; `file_unreadable`, `usage` */
export async function collectFiles(folder: string): Promise<PackInput[]> {
  const isLeftOut = await leftOutRuleOf(folder);
  const files: PackInput[] = [];
  const walk = async (prefix: string): Promise<void> => {
    const entries = await readdir(join(folder, prefix), { withFileTypes: true }).catch(() => {
      throw new CliError('file_unreadable', `The folder ${join(folder, prefix)} can’t be read.`);
    });
    for (const entry of entries) {
      const path = `${prefix}${entry.name}`;
      if (isLeftOut(path)) continue;
      if (entry.isDirectory()) await walk(`${path}/`);
      else if (entry.isFile()) files.push(await readFileOf(folder, path));
      else
        throw new CliError(
          'file_kind',
          `${path} is a link or a special file. A bundle holds regular files only: copy it, or name it in ${IGNORE_FILE}.`,
        );
    }
  };
  await walk('');
  return files;
}

async function leftOutRuleOf(folder: string): Promise<(path: string) => boolean> {
  try {
    return leftOutRule(await readFile(join(folder, IGNORE_FILE), 'utf8').catch(() => ''));
  } catch (error) {
    throw error instanceof IgnoreFileError ? new CliError('usage', error.message) : error;
  }
}

async function readFileOf(folder: string, path: string): Promise<PackInput> {
  const data = await readInput(join(folder, path));
  const { mode } = await stat(join(folder, path));
  return { path, mode: mode & 0o100 ? 0o755 : 0o644, data };
}
