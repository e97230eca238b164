/**
 * The key that countersigns. Both of its files are read at each use, so that an operator can put another key in its place while
 * verifiers run. A key that executors would not believe signs nothing.
 */
import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { faultOf, keyIdOf } from '@paddock/bundle';
import { readRegistryKeys } from '@paddock/bundle/read';
import { PaddockError } from '@paddock/contracts';

export interface RegistryKey {
  readonly privateKeyPem: string;
  readonly keyId: string;
}

/** @throws PaddockError `unavailable` when the private key is not one of the public ones, or not valid now; what the file system throws. */
export async function readRegistryKey(keyFile: string, publicKeysFile: string): Promise<RegistryKey> {
  const privateKeyPem = await readFile(keyFile, 'utf8');
  const publicKey = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }).toString('base64');
  const keyId = await keyIdOf(publicKey);
  const known = (await readRegistryKeys(publicKeysFile)).find((key) => key.keyId === keyId);
  if (known === undefined || faultOf(known, new Date()) !== null)
    throw new PaddockError(
      'unavailable',
      `The registry’s key ${keyId} is not among its public keys, or not valid now.`,
    );
  return { privateKeyPem, keyId };
}
