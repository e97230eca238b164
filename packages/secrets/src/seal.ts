/** AES-256-GCM: format byte, nonce of 12 random bytes, tag of 16, ciphertext. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.js';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a secret belongs. It opens nowhere else. */
export interface SecretPlace {
  readonly organizationId: string;
  readonly installId: string;
  readonly name: string;
}

export interface SealedSecret {
  readonly keyId: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

export type SecretsErrorCode = 'key_file_unsafe' | 'key_file_malformed' | 'key_unknown' | 'does_not_open';

/** Its message names neither a key nor a value. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError';
  constructor(
    readonly code: SecretsErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export function sealSecret(keyring: Keyring, place: SecretPlace, value: string): SealedSecret {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keyring, keyring.newest), nonce).setAAD(placeBytes(place));
  const ciphertext = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  const sealed = new Uint8Array(Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), ciphertext]));
  return { keyId: keyring.newest, sealed };
}

/** @throws SecretsError `key_unknown`; `does_not_open` when it was changed, or sealed for another place */
export function openSecret(keyring: Keyring, place: SecretPlace, { keyId, sealed }: SealedSecret): string {
  const bytes = Buffer.from(sealed);
  const tagAt = 1 + NONCE_BYTES;
  const textAt = tagAt + TAG_BYTES;
  const key = keyOf(keyring, keyId);
  if (bytes.length < textAt || bytes[0] !== FORMAT) throw new SecretsError('does_not_open', 'not a sealed secret');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, tagAt), { authTagLength: TAG_BYTES })
    .setAAD(placeBytes(place))
    .setAuthTag(bytes.subarray(tagAt, textAt));
  try {
    return decipher.update(bytes.subarray(textAt), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw new SecretsError('does_not_open', 'a secret was changed, or moved to where it does not belong');
  }
}

function keyOf({ keys }: Keyring, id: string): Buffer {
  const key = keys.get(id);
  if (key === undefined) throw new SecretsError('key_unknown', `no key ${id} in the key file`);
  return key;
}

const placeBytes = ({ organizationId, installId, name }: SecretPlace): Buffer =>
  Buffer.from(['paddock secret', organizationId, installId, name].join('\0'));
