/**
 * The keys of a local stack: the registry's, which countersigns verdicts, the audit log's, which signs checkpoints, and the
 * one that seals secrets.
 * They lie in a folder that only this user can read, and stay as long as the data that they vouch for.
 */
import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { verifierKey } from '@paddock/audit';
import { generateKeyPair, keyIdOf, registryKeysDocument } from '@paddock/bundle';
import type { RegistryKeys } from '@paddock/contracts';
import { withLock } from '../locks.js';

export interface StackKeys {
  readonly registryKeyFile: string;
  readonly registryPublicKeysFile: string;
  readonly auditKeyFile: string;
  readonly secretsKeyFile: string;
  readonly auditOrigin: string;
  /** The public half of the audit key, as C2SP's signed notes name it. */
  readonly auditVerifierKey: string;
}

const AUDIT_ORIGIN = 'paddock.local/audit';

/** Reads the keys in `folder`, or makes them. */
export async function stackKeys(folder: string): Promise<StackKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => path.join(folder, name);
  const write = async (name: string, text: string) => {
    await writeFile(file(`${name}.part`), text, { mode: 0o600 });
    await rename(file(`${name}.part`), file(name));
  };
  await withLock(folder, async () => {
    if (!existsSync(file('secrets.keys'))) await write('secrets.keys', `first ${randomBytes(32).toString('base64')}\n`);
    if (!existsSync(file('audit.pem'))) await write('audit.pem', (await generateKeyPair()).privateKeyPem);
    if (!existsSync(file('registry.pem'))) await write('registry.pem', (await generateKeyPair()).privateKeyPem);
    if (!existsSync(file('paddock-keys.json')))
      await write('paddock-keys.json', JSON.stringify(await firstRegistryKeys(file('registry.pem')), null, 2));
  });
  return {
    registryKeyFile: file('registry.pem'),
    registryPublicKeysFile: file('paddock-keys.json'),
    auditKeyFile: file('audit.pem'),
    secretsKeyFile: file('secrets.keys'),
    auditOrigin: AUDIT_ORIGIN,
    auditVerifierKey: verifierKey(AUDIT_ORIGIN, createPrivateKey(await readFile(file('audit.pem'), 'utf8'))),
  };
}

/** The one key of a registry that has never changed it: it has no beginning and no end. */
async function firstRegistryKeys(privateKeyFile: string): Promise<RegistryKeys> {
  const der = createPublicKey(await readFile(privateKeyFile, 'utf8')).export({ type: 'spki', format: 'der' });
  const publicKey = der.toString('base64');
  const validFrom = new Date(0).toISOString();
  const keyId = await keyIdOf(publicKey);
  return registryKeysDocument([{ keyId, publicKey, validFrom, validUntil: null, revokedAt: null }]);
}
