/** Puts the Python SDK, one file, into the bundle of a plugin that imports it and does not bring its own. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import type { PackInput } from '@paddock/bundle';
import { sdkFolder } from '../sdkFolder.js';

const SDK = 'paddock.py';
const IMPORT = /^[ \t]*(?:from|import)[ \t]+paddock\b/m;

export async function withPythonSdk(entry: string, files: PackInput[]): Promise<PackInput[]> {
  const folder = dirname(entry);
  const beside = (name: string) => (folder === '.' ? name : `${folder}/${name}`);
  const isThere = files.some(({ path }) => path === beside(SDK) || path.startsWith(beside('paddock/')));
  const isImported = files.some(({ path, data }) => path.endsWith('.py') && IMPORT.test(Buffer.from(data).toString()));
  if (isThere || !isImported) return files;
  return [...files, { path: beside(SDK), data: await readFile(join(sdkFolder('python'), SDK)) }];
}
