/** The registry's set of public keys, between the document that is handed out and what signatures are checked with. */
import { PaddockError, RegistryKeys, type TrustedKey } from '@paddock/contracts';
import { parseJson } from './json.js';
import { keyIdOf, publicKeyOfPem, publicKeyPem } from './keys.js';

const MAX_DOCUMENT_BYTES = 100_000;

/** @throws PaddockError `registry_keys_malformed` when it is not such a document, or a key does not have the id that it stands under. */
export async function parseRegistryKeys(bytes: Uint8Array): Promise<TrustedKey[]> {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw new PaddockError('registry_keys_malformed');
  const parsed = RegistryKeys.safeParse(parseJson(bytes, 'registry_keys_malformed'));
  if (!parsed.success) throw new PaddockError('registry_keys_malformed');
  return Promise.all(
    parsed.data.keys.map(async ({ publicKeyPem: pem, ...key }) => {
      const publicKey = publicKeyOfPem(pem);
      if ((await keyIdOf(publicKey)) !== key.keyId)
        throw new PaddockError(
          'registry_keys_malformed',
          `${key.keyId} is not the id of the key that stands under it.`,
        );
      return { ...key, publicKey };
    }),
  );
}

export const registryKeysDocument = (keys: readonly TrustedKey[]): RegistryKeys => ({
  keys: keys.map(({ keyId, publicKey, validFrom, validUntil, revokedAt }) => ({
    keyId,
    publicKeyPem: publicKeyPem(publicKey),
    validFrom,
    validUntil,
    revokedAt,
  })),
});
