/**
 * Signed notes as C2SP has them (c2sp.org/signed-note), with Ed25519 only. Nothing here trusts a key by itself: the caller
 * brings the verifier keys that it trusts.
 */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { AuditError } from './errors.js';

const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const SIGNATURE_LINE = /^— ([^ ]+) ([^ ]+)$/;
/** The standard asks verifiers for at least 16. */
const MAX_SIGNATURES = 16;
const MAX_NOTE_BYTES = 64 * 1024;

export interface NoteSigner {
  /** A URL without scheme by convention, such as `example.org/audit`. */
  readonly name: string;
  /** Ed25519. */
  readonly privateKey: KeyObject;
}

/**
 * The text form of a public key: `name+hash+base64`. Takes the private key as well, of which it uses the public half.
 *
 * @throws AuditError `key_malformed` when the name has spaces or a plus, or the key is not Ed25519.
 */
export function verifierKey(name: string, key: KeyObject): string {
  assertName(name);
  const publicKey = rawPublicKey(key);
  return `${name}+${keyId(name, publicKey).toString('hex')}+${Buffer.of(ED25519, ...publicKey).toString('base64')}`;
}

export interface Verifier {
  readonly name: string;
  /** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), in hexadecimal. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

/** Reads a verifier key. @throws AuditError `key_malformed` */
export function parseVerifierKey(text: string): Verifier {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const key = encoded === undefined ? undefined : decodeBase64(encoded);
  if (name === undefined || id === undefined || key?.length !== 33 || key[0] !== ED25519) {
    throw new AuditError('key_malformed', 'not a verifier key of the form name+hash+base64 with Ed25519');
  }
  assertName(name);
  const raw = key.subarray(1);
  if (keyId(name, raw).toString('hex') !== id) throw new AuditError('key_malformed', 'the key does not have that hash');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  return { name, id, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/**
 * Signs a text.
 *
 * @param body ends in a newline and has no other control characters.
 * @throws AuditError `note_malformed` or `key_malformed`
 */
export function signNote(body: string, { name, privateKey }: NoteSigner): string {
  assertName(name);
  assertText(body);
  const id = keyId(name, rawPublicKey(privateKey));
  const signature = sign(null, Buffer.from(body), privateKey);
  return `${body}\n— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

export interface VerifiedNote {
  /** The text that was signed, with its last newline. */
  readonly body: string;
  /** The trusted keys that signed it, at least one. */
  readonly signedBy: readonly Verifier[];
}

/**
 * The text of a note that at least one trusted key signed. Signatures of unknown keys count for nothing.
 *
 * @param trustedKeys verifier keys, `name+hash+base64`.
 * @throws AuditError `note_malformed`, `key_malformed`, `signature_missing` when no trusted key signed, `signature_invalid`
 *   when a trusted key is named and its signature does not hold, even if another one's does.
 */
export function verifyNote(note: string, trustedKeys: readonly string[]): VerifiedNote {
  const trusted = new Map(trustedKeys.map(parseVerifierKey).map((key) => [`${key.name}+${key.id}`, key]));
  const { body, signatures } = splitNote(note);
  const signedBy = new Set<Verifier>();
  for (const { name, id, signature } of signatures) {
    const key = trusted.get(`${name}+${id}`);
    if (key === undefined) continue;
    if (signature.length !== SIGNATURE_BYTES || !verify(null, Buffer.from(body), key.publicKey, signature)) {
      throw new AuditError('signature_invalid', `the signature of ${key.name} does not hold`);
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) throw new AuditError('signature_missing', 'no trusted key signed the note');
  return { body, signedBy: [...signedBy] };
}

function splitNote(note: string): { body: string; signatures: { name: string; id: string; signature: Buffer }[] } {
  if (Buffer.byteLength(note) > MAX_NOTE_BYTES) throw new AuditError('note_malformed', 'the note is too long');
  assertText(note);
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0) throw new AuditError('note_malformed', 'the note has no signatures');
  const lines = note.slice(blank + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new AuditError('note_malformed', 'the note has too many signatures');
  const signatures = lines.map((line) => {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = encoded === undefined ? undefined : decodeBase64(encoded);
    if (name === undefined || !isName(name) || bytes === undefined || bytes.length <= KEY_ID_BYTES) {
      throw new AuditError('note_malformed', 'a signature line is not of the form that notes have');
    }
    return { name, id: bytes.subarray(0, KEY_ID_BYTES).toString('hex'), signature: bytes.subarray(KEY_ID_BYTES) };
  });
  return { body: note.slice(0, blank + 1), signatures };
}

function keyId(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ED25519))
    .update(publicKey)
    .digest()
    .subarray(0, KEY_ID_BYTES);
}

function rawPublicKey(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new AuditError('key_malformed', 'the key is not an Ed25519 key');
  return Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url');
}

const isName = (name: string): boolean => /^[^\s+\p{Cc}\p{Surrogate}]+$/u.test(name);

function assertName(name: string): void {
  if (!isName(name))
    throw new AuditError('key_malformed', 'a key’s name is not empty and has neither spaces nor a plus');
}

function assertText(text: string): void {
  const controls = Array.from(text).some((character) => character < ' ' && character !== '\n');
  if (!text.endsWith('\n') || controls || /\p{Surrogate}/u.test(text)) {
    throw new AuditError('note_malformed', 'a note’s text ends in a newline and has no other control characters');
  }
}

/** Standard base64 in its one exact spelling: Buffer alone would take many. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
