/**
 * The keys of a local stack: the registry's, which countersigns verdicts, and the audit log's, which signs checkpoints.
 * They lie in a folder that only this user can read, and stay as long as the data that they vouch for.
 */
import { createPrivateKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { verifierKey } from '@paddock/audit';
import { generateKeyPair } from '@paddock/bundle';
import type { TrustedKey } from '@paddock/contracts';
import { withLock } from '../locks.js';

export interface StackKeys {
  readonly registryKeyFile: string;
  readonly registryPublicKeysFile: string;
  readonly auditKeyFile: string;
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
    if (existsSync(file('audit.pem'))) return;
    const registry = await generateKeyPair();
    const trusted: TrustedKey = {
      keyId: registry.keyId,
      publicKey: registry.publicKey,
      validFrom: new Date().toISOString(),
      validUntil: null,
      revokedAt: null,
    };
    await write('registry.pem', registry.privateKeyPem);
    await write('registry-keys.json', JSON.stringify([trusted], null, 2));
    await write('audit.pem', (await generateKeyPair()).privateKeyPem); // Last: it says that all are there.
  });
  return {
    registryKeyFile: file('registry.pem'),
    registryPublicKeysFile: file('registry-keys.json'),
    auditKeyFile: file('audit.pem'),
    auditOrigin: AUDIT_ORIGIN,
    auditVerifierKey: verifierKey(AUDIT_ORIGIN, createPrivateKey(await readFile(file('audit.pem'), 'utf8'))),
  };
}
