import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GeneratedKey, generateKeyPair, registryKeysDocument } from '@paddock/bundle';
import type { TrustedKey } from '@paddock/contracts';
import { expect, it, onTestFinished } from 'vitest';
import { readRegistryKey } from './registryKey.js';

async function files(signing: GeneratedKey, trusted: (Partial<TrustedKey> & GeneratedKey)[]) {
  const dir = await mkdtemp(join(tmpdir(), 'paddock-registry-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const [keyFile, publicKeysFile] = [join(dir, 'key.pem'), join(dir, 'keys.json')];
  await writeFile(keyFile, signing.privateKeyPem);
  const keys = trusted.map(({ keyId, publicKey, ...times }) => ({
    validFrom: new Date(0).toISOString(),
    validUntil: null,
    revokedAt: null,
    ...times,
    keyId,
    publicKey,
  }));
  await writeFile(publicKeysFile, JSON.stringify(registryKeysDocument(keys)));
  return { keyFile, publicKeysFile, read: () => readRegistryKey(keyFile, publicKeysFile) };
}

it('is read anew at each use', async () => {
  const [first, second] = [await generateKeyPair(), await generateKeyPair()];
  const { keyFile, read } = await files(first, [first, second]);
  expect((await read()).keyId).toBe(first.keyId);
  await writeFile(keyFile, second.privateKeyPem);
  expect((await read()).keyId).toBe(second.keyId);
});

it('signs nothing that executors would not believe', async () => {
  const [own, other] = [await generateKeyPair(), await generateKeyPair()];
  const past = new Date(Date.now() - 1000).toISOString();
  const cases = [
    [other],
    [{ ...own, validUntil: past }],
    [{ ...own, revokedAt: past }],
    [{ ...own, validFrom: new Date(Date.now() + 60_000).toISOString() }],
    [{ ...own, keyId: other.keyId }],
  ];
  for (const trusted of cases) {
    const { read } = await files(own, trusted);
    await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
  }
  const { publicKeysFile, read } = await files(own, [own]);
  await writeFile(publicKeysFile, '{"keys":[');
  await expect(read()).rejects.toMatchObject({ code: 'unavailable' });
});
