/**
 * Checks a version from outside, with nothing of the registry's but its public keys: the archive, its manifest, what its
 * publisher signed, whose signatures those are, and what the registry vouched for. It asks nobody and runs nothing.
 */
import { createHash } from 'node:crypto';
import {
  checkToolSchemas,
  isSigstoreBundle,
  parseJson,
  parseManifest,
  parsePublishStatement,
  readEnvelope,
  type SigstoreVerifier,
  verifyCountersignature,
  verifyFiles,
  verifyProvenance,
  verifyPublisher,
} from '@paddock/bundle';
import { inspectBundle } from '@paddock/bundle/read';
import {
  type BundleFile,
  type Manifest,
  PaddockError,
  type Provenance,
  ProvenanceDocument,
  type PublishStatement,
  SignersDocument,
  type TrustedKey,
  type VerdictStatement,
} from '@paddock/contracts';

export interface BundleProof {
  bundleFile: string;
  /** Of the bundle, computed by the caller. */
  sha256: string;
  signature?: Uint8Array | undefined;
  countersignature?: Uint8Array | undefined;
  /** The evidence `signers`, byte for byte. */
  signers?: Uint8Array | undefined;
  /** The evidence `provenance`, byte for byte. */
  provenance?: Uint8Array | undefined;
  /** The registry's keys; without them its word is not believed. */
  registryKeys?: readonly TrustedKey[] | undefined;
  /** Public keys that the caller knows to be the publisher's (SPKI, DER, base64), in place of what the registry says. */
  publisherKeys?: readonly TrustedKey[] | undefined;
  /** Checks keyless signatures. */
  sigstore: SigstoreVerifier;
}

export const CHECKS = ['archive', 'manifest', 'statement', 'countersignature', 'publisher', 'provenance'] as const;

export interface Check {
  name: (typeof CHECKS)[number];
  /** `unknown`: there is nothing to check it with. */
  result: 'holds' | 'fails' | 'unknown';
  /** Of what is wrong. */
  code: string | null;
  detail: string | null;
}

export interface BundleCheck {
  verdict: 'proven' | 'refuted' | 'incomplete';
  plugin: string | null;
  version: string | null;
  sha256: string;
  checks: Check[];
  /** What the registry said; null unless its countersignature holds. */
  registry: VerdictStatement['predicate'] | null;
  /** Whose signatures count; none unless they do. */
  signers: string[];
  /** Where and how it was built, as somebody states; null when none is attached, or it does not hold. */
  provenance: Provenance | null;
}

/** A part that there is nothing to check with. */
class Unknown extends Error {}

export async function verifyBundle(proof: BundleProof): Promise<BundleCheck> {
  const { sha256 } = proof;
  const checks: Check[] = [];
  const check = async <T>(name: Check['name'], work: () => Promise<T>): Promise<T | null> => {
    try {
      const value = await work();
      checks.push({ name, result: 'holds', code: null, detail: null });
      return value;
    } catch (error) {
      if (error instanceof Unknown) checks.push({ name, result: 'unknown', code: null, detail: error.message });
      else if (error instanceof PaddockError)
        checks.push({ name, result: 'fails', code: error.code, detail: error.message });
      else throw error;
      return null;
    }
  };

  const archive = await check('archive', () => inspectBundle(proof.bundleFile));
  const manifest = await check('manifest', async () => manifestOf(archive?.manifestBytes));
  const statement = await check('statement', async () => statementOf(proof, archive?.files, manifest));
  const registry = await check('countersignature', () => registryWord(proof, statement));
  const signers = await check('publisher', () => publisherWord(proof, statement, registry));
  const provenance =
    proof.provenance === undefined && evidenceOf(registry, 'provenance') === undefined
      ? null
      : await check('provenance', () => attachedProvenance(proof, registry));
  const results = checks.map(({ result }) => result);
  return {
    verdict: results.includes('fails') ? 'refuted' : results.includes('unknown') ? 'incomplete' : 'proven',
    plugin: manifest?.name ?? null,
    version: manifest?.version ?? null,
    sha256,
    checks,
    registry: registry?.predicate ?? null,
    signers: signers ?? [],
    provenance,
  };
}

function manifestOf(bytes: Uint8Array | undefined): Manifest {
  if (bytes === undefined) throw new Unknown('The archive can’t be read.');
  const manifest = parseManifest(bytes);
  checkToolSchemas(manifest);
  return manifest;
}

/** What the publisher's envelope says, held against the bundle. Whose word it is comes later. */
function statementOf(
  { signature, sha256 }: BundleProof,
  files: readonly BundleFile[] | undefined,
  manifest: Manifest | null,
): PublishStatement {
  if (signature === undefined) throw new Unknown('There is no signature.');
  const statement = parsePublishStatement(payloadOf(signature));
  if (statement.subject[0].digest.sha256 !== sha256) throw new PaddockError('statement_digest_mismatch');
  if (files === undefined || manifest === null) throw new Unknown('The bundle can’t be read.');
  const { plugin, version } = statement.predicate;
  if (plugin !== manifest.name || version !== manifest.version) throw new PaddockError('statement_name_mismatch');
  verifyFiles(statement, files);
  return statement;
}

/** What is said to be signed, by whichever kind of signature. */
function payloadOf(signature: Uint8Array): Uint8Array {
  if (!isSigstoreBundle(signature)) return Buffer.from(readEnvelope(signature).payload, 'base64');
  const { dsseEnvelope } = parseJson(signature, 'signature_malformed') as { dsseEnvelope?: { payload?: unknown } };
  if (typeof dsseEnvelope?.payload !== 'string') throw new PaddockError('signature_malformed');
  return Buffer.from(dsseEnvelope.payload, 'base64');
}

/**
 * Nothing here tells when the registry recorded its verdict but its own word, so a key that is revoked counts for nothing at all:
 * whoever stole it would have dated back.
 */
async function registryWord(proof: BundleProof, statement: PublishStatement | null): Promise<VerdictStatement> {
  const { countersignature, registryKeys, signature, sha256 } = proof;
  if (countersignature === undefined) throw new Unknown('There is no countersignature.');
  if (registryKeys === undefined) throw new Unknown('Without --keys, the registry’s word is not believed.');
  if (signature === undefined || statement === null) throw new Unknown('What it is about can’t be told.');
  const keys = registryKeys.map((key) => (key.revokedAt === null ? key : { ...key, revokedAt: key.validFrom }));
  const { plugin, version } = statement.predicate;
  const claimed = claimedTime(countersignature);
  const expected = { sha256, plugin, version };
  return verifyCountersignature(countersignature, { keys, at: claimed, expected, envelopeBytes: signature });
}

/** When the countersignature says that it was made: that its key was valid then is all that is asked of it. */
function claimedTime(countersignature: Uint8Array): Date {
  try {
    const payload = parseJson(Buffer.from(readEnvelope(countersignature).payload, 'base64'), 'statement_malformed');
    return new Date((payload as { predicate: { verifiedAt: string } }).predicate.verifiedAt);
  } catch {
    return new Date(Number.NaN); // No key is valid then.
  }
}

/** @returns the ids of the keys that count. */
async function publisherWord(
  { signature, signers, publisherKeys, sigstore, sha256 }: BundleProof,
  statement: PublishStatement | null,
  registry: VerdictStatement | null,
): Promise<string[]> {
  if (signature === undefined || statement === null) throw new Unknown('What they signed can’t be told.');
  const expected = { sha256 };
  if (publisherKeys !== undefined) {
    const check = { policy: { keys: publisherKeys, identities: [], threshold: 1 }, at: new Date(), expected };
    return idsOf(await verifyPublisher(signature, check));
  }
  const known = evidenceOf(registry, 'signers');
  if (signers === undefined || known === undefined)
    throw new Unknown('It is not known whose keys count: neither --publisher-key nor the registry’s word tells.');
  if (digestOf(signers) !== known)
    throw new PaddockError('statement_digest_mismatch', 'The list of signers is not the one that was countersigned.');
  const { seenAt, ...policy } = SignersDocument.parse(parseJson(signers, 'statement_malformed'));
  return idsOf(await verifyPublisher(signature, { policy, sigstore, at: new Date(seenAt), expected }));
}

/** As the registry checked it, and again: the statement's own signature, over a subject that is this bundle. */
async function attachedProvenance(
  { provenance, sigstore, sha256 }: BundleProof,
  registry: VerdictStatement | null,
): Promise<Provenance> {
  if (registry === null) throw new Unknown('Whether it was attached only the registry’s word tells.');
  if (provenance === undefined) throw new Unknown('One is attached, and it is not here.');
  if (digestOf(provenance) !== evidenceOf(registry, 'provenance'))
    throw new PaddockError('provenance_digest_mismatch', 'It is not the provenance that was countersigned.');
  const { keys, seenAt, envelope } = ProvenanceDocument.parse(parseJson(provenance, 'provenance_malformed'));
  const bytes = new TextEncoder().encode(JSON.stringify(envelope));
  return verifyProvenance(bytes, { keys, sigstore, at: new Date(seenAt), sha256 });
}

/** The digest of a document that the verification left. */
const evidenceOf = (registry: VerdictStatement | null, name: string): string | undefined =>
  registry?.predicate.evidence.find((document) => document.name === name)?.sha256;

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const idsOf = ({ signers }: Awaited<ReturnType<typeof verifyPublisher>>): string[] =>
  signers.map((signer) => (signer.type === 'key' ? signer.keyId : `${signer.identity} (${signer.issuer})`));
