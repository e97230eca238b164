/**
 * The signing key of this browser: an Ed25519 key pair of WebCrypto, one for each organization, in IndexedDB. The private
 * half is kept as a key that can't be exported: pages can sign with it and never read it. Nothing here talks to the API.
 */
import { importPrivateKey, keyIdOf } from '@paddock/bundle';
import { PaddockError } from '@paddock/contracts';

export interface BrowserKey {
  readonly keyId: string;
  /** SubjectPublicKeyInfo, DER, base64. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
  readonly origin: 'generated' | 'imported';
  readonly createdAt: Date;
}

const DATABASE = 'paddock-signing';
const STORE = 'keys';

/** Whether this browser can sign: it needs a secure origin (HTTPS or this machine) and Ed25519. */
export async function canSign(): Promise<boolean> {
  if (!window.isSecureContext) return false;
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

/** The organization's key in this browser, if there is one. */
export async function loadBrowserKey(organizationId: string): Promise<BrowserKey | null> {
  return ((await inStore('readonly', (store) => store.get(organizationId))) as BrowserKey | undefined) ?? null;
}

/** Makes a key pair and keeps it; an earlier key of the organization in this browser is replaced. */
export async function generateBrowserKey(organizationId: string): Promise<BrowserKey> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  return keep(organizationId, {
    privateKey: pair.privateKey,
    publicKey: await publicKeyText(pair.publicKey),
    origin: 'generated',
  });
}

/**
 * Takes a private key from PEM and keeps it; the PEM itself is not kept.
 * @throws PaddockError `signature_algorithm` when it is not an Ed25519 private key (PKCS #8, PEM, not encrypted).
 */
export async function importBrowserKey(organizationId: string, pem: string): Promise<BrowserKey> {
  const privateKey = await importPrivateKey(pem);
  return keep(organizationId, { privateKey, publicKey: await publicHalfOf(pem), origin: 'imported' });
}

export async function forgetBrowserKey(organizationId: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(organizationId));
}

async function keep(
  organizationId: string,
  key: Pick<BrowserKey, 'privateKey' | 'publicKey' | 'origin'>,
): Promise<BrowserKey> {
  const kept: BrowserKey = { ...key, keyId: await keyIdOf(key.publicKey), createdAt: new Date() };
  await inStore('readwrite', (store) => store.put(kept, organizationId));
  return kept;
}

/** A JWK is the one form in which WebCrypto gives out the public half of a private key. */
export async function publicHalfOf(pem: string): Promise<string> {
  const base64 = pem.replaceAll(/-----[A-Z ]+-----|\s+/g, '');
  const pkcs8 = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const { kty, crv, x } = await crypto.subtle.exportKey(
    'jwk',
    await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']),
  );
  if (kty === undefined || crv === undefined || x === undefined)
    throw new PaddockError('signature_algorithm', 'The private key is not an Ed25519 key.');
  return publicKeyText(await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', true, ['verify']));
}

async function publicKeyText(publicKey: CryptoKey): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))));
}

/** Runs one request in a transaction of its own. Resolves once that is committed. */
async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('The browser’s key store can’t be opened.'));
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('The browser’s key store refused.'));
    });
  } finally {
    database.close();
  }
}
