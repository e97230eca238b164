/**
 * Signing keys: Ed25519 (RFC 8032) and nothing else, through WebCrypto. It stores no key.
 * A public key is its SubjectPublicKeyInfo (RFC 8410) in DER; its id is the sha256 of those bytes.
 */
import { PaddockError } from '@paddock/contracts';
import { fromBase64, ownedBytes, sha256Hex, toBase64, toHex } from './bytes.js';

/** A key of WebCrypto, by whichever name the platform's types give it. */
export type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** What precedes the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo. DER has no other spelling of it. */
const SPKI_PREFIX = '302a300506032b6570032100';

export interface GeneratedKey {
  /** PKCS #8 in PEM. Whoever holds it signs as its publisher. */
  privateKeyPem: string;
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKey: string;
  keyId: string;
}

export async function generateKeyPair(): Promise<GeneratedKey> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as {
    publicKey: SigningKey;
    privateKey: SigningKey;
  };
  const pkcs8 = toBase64(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)));
  const publicKey = toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)));
  const lines = pkcs8.match(/.{1,64}/g) ?? [];
  return {
    privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`,
    publicKey,
    keyId: await keyIdOf(publicKey),
  };
}

/** @throws PaddockError `signature_algorithm` when it is not an Ed25519 public key (SPKI, DER, base64). */
export async function keyIdOf(publicKey: string): Promise<string> {
  return sha256Hex(spkiOf(publicKey));
}

/** The public key in PEM. */
export const publicKeyPem = (publicKey: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${(publicKey.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PUBLIC KEY-----\n`;

/** @throws PaddockError `signature_algorithm` when it is not one public key in PEM; the key itself is looked at by {@link keyIdOf}. */
export function publicKeyOfPem(pem: string): string {
  const body = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1];
  if (body === undefined) throw new PaddockError('signature_algorithm', 'The public key is not in PEM.');
  return body.replace(/\s+/g, '');
}

/** @throws PaddockError `signature_algorithm` when it is not an Ed25519 private key (PKCS #8, PEM, not encrypted). */
export async function importPrivateKey(pem: string): Promise<SigningKey> {
  const body = /^\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----\s*$/.exec(pem)?.[1];
  const pkcs8 = body === undefined ? null : fromBase64(body.replace(/\s+/g, ''));
  if (pkcs8 === null)
    throw new PaddockError('signature_algorithm', 'The private key is not PKCS #8 in PEM, without a passphrase.');
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  } catch {
    // The cause is left out: an error that was made of a private key has no place in a log.
    throw new PaddockError('signature_algorithm', 'The private key is not an Ed25519 key.');
  }
}

/** @throws PaddockError `signature_algorithm` when it is not an Ed25519 public key (SPKI, DER, base64). */
export async function importPublicKey(publicKey: string): Promise<SigningKey> {
  const spki = spkiOf(publicKey);
  try {
    return await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify']);
  } catch (cause) {
    throw new PaddockError('signature_algorithm', 'The public key is not an Ed25519 key.', { cause });
  }
}

export async function sign(key: SigningKey, message: Uint8Array): Promise<Uint8Array> {
  if (key.algorithm.name !== 'Ed25519') throw new PaddockError('signature_algorithm', 'Only Ed25519 keys sign.');
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, ownedBytes(message)));
}

export async function isSignedBy(key: SigningKey, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  return crypto.subtle.verify('Ed25519', key, ownedBytes(signature), ownedBytes(message));
}

function spkiOf(publicKey: string): Uint8Array<ArrayBuffer> {
  const spki = fromBase64(publicKey);
  if (spki?.length !== 44 || toHex(spki.subarray(0, 12)) !== SPKI_PREFIX) {
    throw new PaddockError('signature_algorithm', 'The public key is not an Ed25519 key (SPKI, DER, base64).');
  }
  return spki;
}
