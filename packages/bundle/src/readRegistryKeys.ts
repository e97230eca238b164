/** The registry's keys from their file, which an operator may replace at any time: read anew at each use, so no process restarts. */
import { readFile } from 'node:fs/promises';
import { PaddockError, type TrustedKey } from '@paddock/contracts';
import { parseRegistryKeys } from './registryKeys.js';

/** @throws PaddockError `unavailable` when the file can't be read as what it should be: nothing is signed or believed then. */
export async function readRegistryKeys(path: string): Promise<TrustedKey[]> {
  try {
    return await parseRegistryKeys(await readFile(path));
  } catch (cause) {
    throw new PaddockError('unavailable', 'The registry’s public keys can’t be read.', { cause });
  }
}
