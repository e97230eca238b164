/**
 * Whether bytes are what their publisher signed, and what the registry vouched for. It trusts only what it is given and reads
 * nothing else, so that the API at an upload, the verifier, each executor and `paddock verify` all check by the same lines.
 */
import {
  type BundleFile,
  PaddockError,
  type PublishStatement,
  type Signer,
  splitPluginName,
  type TrustedIdentity,
  type TrustedKey,
  type VerdictStatement,
} from '@paddock/contracts';
import { sha256Hex } from './bytes.js';
import { faultOf, type KeyPolicy, verifyEnvelope } from './dsse.js';
import { parseJson } from './json.js';
import { MAX_ENVELOPE_BYTES } from './limits.js';
import { parsePublishStatement, parseVerdictStatement } from './statements.js';

/** Whose signatures count: those of the publisher in whose name the bundle comes, and of nobody else. */
export interface PublisherPolicy extends KeyPolicy {
  /** Those that may sign by Sigstore. Such a signature is one, whatever the threshold. */
  readonly identities: readonly TrustedIdentity[];
}

export interface SignedByIdentity {
  readonly payload: Uint8Array;
  readonly issuer: string;
  readonly identity: string;
}

/** Checks a Sigstore bundle against roots that it was made with. @throws PaddockError `signature_malformed`, `signature_invalid` */
export type SigstoreVerifier = (bytes: Uint8Array) => SignedByIdentity;

export interface PublisherCheck {
  readonly policy: PublisherPolicy;
  /** Without it, Sigstore bundles are no signatures. */
  readonly sigstore?: SigstoreVerifier | undefined;
  /** When the registry first saw the envelope: the moment at which keys must have been valid. */
  readonly at: Date;
  /** What the statement must name, as far as it is known. `sha256` is of the bundle, computed by whoever holds it. */
  readonly expected: { sha256?: string; publisher?: string; plugin?: string; version?: string };
}

export interface PublisherWord {
  readonly statement: PublishStatement;
  /** Those who signed it and count, each once. */
  readonly signers: readonly Signer[];
}

/**
 * @param envelopeBytes the publisher's DSSE envelope or Sigstore bundle, byte for byte as it was uploaded.
 * @throws PaddockError with one of the `signature_` codes, `statement_malformed`, `statement_digest_mismatch` or
 *   `statement_name_mismatch`.
 */
export async function verifyPublisher(
  envelopeBytes: Uint8Array,
  { policy, sigstore, at, expected }: PublisherCheck,
): Promise<PublisherWord> {
  const { payload, signers } = isSigstoreBundle(envelopeBytes)
    ? verifyIdentity(envelopeBytes, policy, sigstore, at)
    : await verifyKeys(envelopeBytes, policy, at);
  const statement = parsePublishStatement(payload);
  verifyDigest(statement, expected.sha256);
  verifyName(statement, expected);
  return { statement, signers };
}

interface SignedPayload {
  readonly payload: Uint8Array;
  readonly signers: readonly Signer[];
}

async function verifyKeys(envelopeBytes: Uint8Array, policy: KeyPolicy, at: Date): Promise<SignedPayload> {
  const { payload, keyIds } = await verifyEnvelope(envelopeBytes, policy, at);
  return { payload, signers: keyIds.map((keyId) => ({ type: 'key', keyId })) };
}

function verifyIdentity(
  bundleBytes: Uint8Array,
  { identities, threshold }: PublisherPolicy,
  sigstore: SigstoreVerifier | undefined,
  at: Date,
): SignedPayload {
  if (sigstore === undefined) throw new PaddockError('signature_malformed', 'Sigstore bundles are not taken here.');
  const { payload, issuer, identity } = sigstore(bundleBytes);
  const isKnown = identities.some(
    (known) =>
      known.issuer === issuer &&
      known.identity === identity &&
      faultOf({ validFrom: known.validFrom, validUntil: null, revokedAt: known.revokedAt }, at) === null,
  );
  if (!isKnown) throw new PaddockError('signature_identity_unknown', `It is ${identity}, by ${issuer}.`);
  if (threshold !== 1)
    throw new PaddockError('signature_threshold', `It takes ${threshold}, and a Sigstore bundle has one.`);
  return { payload, signers: [{ type: 'sigstore', issuer, identity }] };
}

/** A DSSE envelope has no media type. */
export function isSigstoreBundle(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length > MAX_ENVELOPE_BYTES) return false;
  const json = parseJson(bytes, 'signature_malformed');
  return typeof json === 'object' && json !== null && 'mediaType' in json;
}

export interface RegistryCheck {
  /** The registry's keys, those that it has retired too. */
  readonly keys: readonly TrustedKey[];
  /** When the registry recorded the verdict: the moment at which its key must have been valid. */
  readonly at: Date;
  readonly expected: { sha256: string; plugin: string; version: string };
  /** The publisher's envelope, byte for byte. */
  readonly envelopeBytes: Uint8Array;
}

/** @throws PaddockError `countersignature_invalid`, whose cause says why. */
export async function verifyCountersignature(
  countersignature: Uint8Array | null,
  { keys, at, expected, envelopeBytes }: RegistryCheck,
): Promise<VerdictStatement> {
  if (countersignature === null) throw new PaddockError('countersignature_invalid', 'There is none.');
  try {
    const { payload } = await verifyEnvelope(countersignature, { keys, threshold: 1 }, at);
    const statement = parseVerdictStatement(payload);
    const { subject, predicate } = statement;
    const same =
      subject[0].digest.sha256 === expected.sha256 &&
      predicate.plugin === expected.plugin &&
      predicate.version === expected.version &&
      predicate.envelopeSha256 === (await sha256Hex(new Uint8Array(envelopeBytes)));
    if (!same) throw new PaddockError('countersignature_invalid', 'It is about another version.');
    return statement;
  } catch (cause) {
    const detail = cause instanceof PaddockError ? cause.message : undefined;
    throw new PaddockError('countersignature_invalid', detail, { cause });
  }
}

/**
 * Whether a bundle holds just the files that its statement lists. Both lists are sorted by path, as statements and
 * `inspectBundle` have them.
 * @throws PaddockError `statement_files_mismatch`.
 */
export function verifyFiles(statement: PublishStatement, found: readonly BundleFile[]): void {
  const signed = statement.predicate.files;
  const same = (a: BundleFile, b: BundleFile | undefined) =>
    a.path === b?.path && a.mode === b.mode && a.size === b.size && a.sha256 === b.sha256;
  if (signed.length !== found.length || !signed.every((file, index) => same(file, found[index]))) {
    throw new PaddockError('statement_files_mismatch');
  }
}

function verifyDigest(statement: PublishStatement, sha256: string | undefined): void {
  if (sha256 !== undefined && statement.subject[0].digest.sha256 !== sha256)
    throw new PaddockError('statement_digest_mismatch');
}

function verifyName({ predicate }: PublishStatement, expected: PublisherCheck['expected']): void {
  const named = {
    publisher: splitPluginName(predicate.plugin).publisher,
    plugin: predicate.plugin,
    version: predicate.version,
  };
  for (const key of ['publisher', 'plugin', 'version'] as const) {
    if (expected[key] !== undefined && expected[key] !== named[key]) {
      throw new PaddockError('statement_name_mismatch', `It is about ${named.plugin}@${named.version}.`);
    }
  }
}
