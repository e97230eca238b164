/**
 * DSSE envelopes (Dead Simple Signing Envelope, protocol 1.0). The signature is checked over the exact payload bytes, and
 * nobody parses those bytes before it holds. Whose keys count is the caller's decision, passed in.
 */
import {
  DSSE_PAYLOAD_TYPE,
  DsseEnvelope,
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
  const key = typeof privateKey === 'string' ? await importPrivateKey(privateKey) : privateKey;
  const payload = utf8(JSON.stringify(statement));
  const signature = await sign(key, preAuthEncoding(DSSE_PAYLOAD_TYPE, payload));
  const envelope = DsseEnvelope.safeParse({
    payloadType: DSSE_PAYLOAD_TYPE,
    payload: toBase64(payload),
    signatures: [{ keyid: keyId, sig: toBase64(signature) }],
  });
  if (!envelope.success) throw new PaddockError('bundle_too_many_files', 'The signed list of files would be too long.');
  return envelope.data;
}

export interface VerifiedEnvelope {
  /** The signed bytes, not parsed yet. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** The keys whose signatures hold, each once. */
  readonly keyIds: readonly string[];
}

/**
 * Checks an envelope. At least one signature must be by a trusted key, and every signature by a trusted key must hold;
 * signatures by other keys are passed over, as DSSE has it.
 *
 * @param at the moment at which keys must be valid. Nothing in an envelope proves when it was signed, so a key that is
 *   revoked at that moment counts for nothing, whatever it signed before.
 * @throws PaddockError `signature_missing`, `signature_malformed`, `signature_key_unknown`, `signature_key_expired`,
 *   `signature_key_revoked`, `signature_algorithm` or `signature_invalid`; `internal` when a trusted key's id is not its own.
 */
export async function verifyEnvelope(
  envelopeBytes: Uint8Array,
  keys: readonly TrustedKey[],
  at: Date,
): Promise<VerifiedEnvelope> {
  const { payload, signatures } = openEnvelope(envelopeBytes);
  const message = preAuthEncoding(DSSE_PAYLOAD_TYPE, payload);
  const holding = new Set<string>();
  for (const { keyId, signature } of signatures) {
    const key = keys.find((candidate) => candidate.keyId === keyId);
    if (key === undefined) continue;
    requireUsable(key, at);
    if ((await keyIdOf(key.publicKey)) !== keyId)
      throw new PaddockError('internal', 'A trusted key stands under another key’s id.');
    if (!(await isSignedBy(await importPublicKey(key.publicKey), signature, message)))
      throw new PaddockError('signature_invalid');
    holding.add(keyId);
  }
  if (holding.size === 0) throw new PaddockError('signature_key_unknown');
  return { payload, keyIds: [...holding] };
}

interface OpenedEnvelope {
  payload: Uint8Array<ArrayBuffer>;
  signatures: { keyId: string; signature: Uint8Array<ArrayBuffer> }[];
}

function openEnvelope(bytes: Uint8Array): OpenedEnvelope {
  if (bytes.length === 0) throw new PaddockError('signature_missing');
  if (bytes.length > MAX_ENVELOPE_BYTES)
    throw new PaddockError('signature_malformed', `An envelope may take ${MAX_ENVELOPE_BYTES} bytes.`);
  const json = parseJson(bytes, 'signature_malformed');
  if (hasNoSignatures(json)) throw new PaddockError('signature_missing');
  const parsed = DsseEnvelope.safeParse(json);
  if (!parsed.success) throw new PaddockError('signature_malformed');
  const decode = (text: string) => {
    const decoded = fromBase64(text);
    if (decoded === null) throw new PaddockError('signature_malformed', 'Its base64 is not canonical.');
    return decoded;
  };
  return {
    payload: decode(parsed.data.payload),
    signatures: parsed.data.signatures.map(({ keyid, sig }) => ({ keyId: keyid, signature: decode(sig) })),
  };
}

function hasNoSignatures(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('payload' in json)) return false;
  return !('signatures' in json) || (Array.isArray(json.signatures) && json.signatures.length === 0);
}

/** Written so that a date that can't be read fails. */
function requireUsable(key: TrustedKey, at: Date): void {
  const now = at.getTime();
  if (key.revokedAt !== null && !(now < Date.parse(key.revokedAt))) throw new PaddockError('signature_key_revoked');
  const begun = now >= Date.parse(key.validFrom);
  const lasts = key.validUntil === null || now < Date.parse(key.validUntil);
  if (!begun || !lasts) throw new PaddockError('signature_key_expired');
}
