/**
 * DSSE envelopes (Dead Simple Signing Envelope, protocol 1.0). The signature is checked over the exact payload bytes, and
 * nobody parses those bytes before it holds. Whose keys count is the caller's decision, passed in.
 */
import {
  DSSE_PAYLOAD_TYPE,
  DsseEnvelope,
  type ErrorCode,
  PaddockError,
  type PublishStatement,
  type TrustedKey,
  type VerdictStatement,
} from '@paddock/contracts';
import { fromBase64, toBase64, utf8 } from './bytes.js';
import { parseJson } from './json.js';
import { importPrivateKey, importPublicKey, isSignedBy, keyIdOf, type SigningKey, sign } from './keys.js';
import { MAX_ENVELOPE_BYTES } from './limits.js';

/** DSSE's pre-authentication encoding: what is signed. Lengths are in bytes. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const type = utf8(payloadType);
  const head = utf8(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  const encoded = new Uint8Array(head.length + payload.length);
  encoded.set(head);
  encoded.set(payload, head.length);
  return encoded;
}

/**
 * Signs a statement.
 * @param privateKey an Ed25519 key of WebCrypto, or PKCS #8 in PEM.
 * @param keyId the id of its public key, which verifiers look up.
 * @throws PaddockError `signature_algorithm` for any other key; `bundle_too_many_files` when the statement's list is too
 *   long for an envelope.
 */
export async function signStatement(
  statement: PublishStatement | VerdictStatement,
  privateKey: SigningKey | string,
  keyId: string,
): Promise<DsseEnvelope> {
  const payload = utf8(JSON.stringify(statement));
  const envelope = DsseEnvelope.safeParse({
    payloadType: DSSE_PAYLOAD_TYPE,
    payload: toBase64(payload),
    signatures: [await signatureOver(payload, privateKey, keyId)],
  });
  if (!envelope.success) throw new PaddockError('bundle_too_many_files', 'The signed list of files would be too long.');
  return envelope.data;
}

/**
 * The same envelope with one signature more, over the very bytes that it holds. Whoever signs MUST have read them: see
 * {@link readEnvelope}. A key that has signed already signs anew, in its old signature's place.
 * @throws PaddockError `signature_algorithm`; `signature_malformed` when there are eight other signatures.
 */
export async function addSignature(
  envelope: DsseEnvelope,
  privateKey: SigningKey | string,
  keyId: string,
): Promise<DsseEnvelope> {
  const others = envelope.signatures.filter(({ keyid }) => keyid !== keyId);
  const added = await signatureOver(decodeBase64(envelope.payload), privateKey, keyId);
  const result = DsseEnvelope.safeParse({ ...envelope, signatures: [...others, added] });
  if (!result.success) throw new PaddockError('signature_malformed', 'An envelope takes eight signatures.');
  return result.data;
}

async function signatureOver(payload: Uint8Array, privateKey: SigningKey | string, keyId: string) {
  const key = typeof privateKey === 'string' ? await importPrivateKey(privateKey) : privateKey;
  return { keyid: keyId, sig: toBase64(await sign(key, preAuthEncoding(DSSE_PAYLOAD_TYPE, payload))) };
}

/** Whose signatures count, and how many of them it takes. */
export interface KeyPolicy {
  readonly keys: readonly TrustedKey[];
  /** From how many different keys; 1 or more. */
  readonly threshold: number;
}

export interface VerifiedEnvelope {
  /** The signed bytes, not parsed yet. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** The keys whose signatures hold, each once. */
  readonly keyIds: readonly string[];
}

/**
 * Checks an envelope: as many trusted keys as the threshold says must have signed it, each of them valid at that moment, and
 * each counted once. Every signature under a trusted key's id must hold, whether it counts or not; signatures by other keys are
 * passed over, as DSSE has it.
 *
 * @param at the moment at which keys must be valid: when the one who asks first saw the envelope. Nothing in it proves when it
 *   was signed, so a key that is revoked at that moment counts for nothing, whatever it signed before.
 * @throws PaddockError `signature_missing`, `signature_malformed`, `signature_algorithm` or `signature_invalid`; when no key
 *   counts, `signature_key_revoked`, `signature_key_expired` or `signature_key_unknown`; when too few do,
 *   `signature_threshold`; `internal` when a trusted key's id is not its own, or the threshold is none.
 */
export async function verifyEnvelope(
  envelopeBytes: Uint8Array,
  { keys, threshold }: KeyPolicy,
  at: Date,
): Promise<VerifiedEnvelope> {
  if (!Number.isInteger(threshold) || threshold < 1) throw new PaddockError('internal', 'A threshold is 1 or more.');
  const envelope = readEnvelope(envelopeBytes);
  const payload = decodeBase64(envelope.payload);
  const message = preAuthEncoding(DSSE_PAYLOAD_TYPE, payload);
  const counted = new Set<string>();
  let fault: ErrorCode = 'signature_key_unknown';
  for (const { keyid, sig } of envelope.signatures) {
    const key = keys.find((candidate) => candidate.keyId === keyid);
    if (key === undefined) continue;
    if ((await keyIdOf(key.publicKey)) !== keyid)
      throw new PaddockError('internal', 'A trusted key stands under another key’s id.');
    if (!(await isSignedBy(await importPublicKey(key.publicKey), decodeBase64(sig), message)))
      throw new PaddockError('signature_invalid');
    const unusable = faultOf(key, at);
    if (unusable === null) counted.add(keyid);
    else fault = unusable;
  }
  if (counted.size === 0) throw new PaddockError(fault);
  if (counted.size < threshold)
    throw new PaddockError('signature_threshold', `It takes ${threshold}, and ${counted.size} of them signed.`);
  return { payload, keyIds: [...counted] };
}

/**
 * An envelope of the form that we take. Nothing is checked but its form: only {@link verifyEnvelope} says whose word it is.
 * @throws PaddockError `signature_missing`, `signature_malformed`
 */
export function readEnvelope(bytes: Uint8Array): DsseEnvelope {
  if (bytes.length === 0) throw new PaddockError('signature_missing');
  if (bytes.length > MAX_ENVELOPE_BYTES)
    throw new PaddockError('signature_malformed', `An envelope may take ${MAX_ENVELOPE_BYTES} bytes.`);
  const json = parseJson(bytes, 'signature_malformed');
  if (hasNoSignatures(json)) throw new PaddockError('signature_missing');
  const parsed = DsseEnvelope.safeParse(json);
  if (!parsed.success) throw new PaddockError('signature_malformed');
  for (const text of [parsed.data.payload, ...parsed.data.signatures.map(({ sig }) => sig)]) decodeBase64(text);
  return parsed.data;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const decoded = fromBase64(text);
  if (decoded === null) throw new PaddockError('signature_malformed', 'Its base64 is not canonical.');
  return decoded;
}

function hasNoSignatures(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('payload' in json)) return false;
  return !('signatures' in json) || (Array.isArray(json.signatures) && json.signatures.length === 0);
}

/** Why a key does not count at that moment; null when it does. Written so that a date that can't be read fails. */
export function faultOf(key: Omit<TrustedKey, 'publicKey' | 'keyId'>, at: Date): ErrorCode | null {
  const now = at.getTime();
  if (key.revokedAt !== null && !(now < Date.parse(key.revokedAt))) return 'signature_key_revoked';
  const begun = now >= Date.parse(key.validFrom);
  const lasts = key.validUntil === null || now < Date.parse(key.validUntil);
  return begun && lasts ? null : 'signature_key_expired';
}
