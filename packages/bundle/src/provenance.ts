/**
 * Whether a provenance holds: signed, and about just these bytes. Anybody may state where a bundle was built, so what comes out
 * is the statement with whoever makes it, to be shown together. It never says that a bundle is safe.
 */
import {
  isStorableJson,
  PaddockError,
  type Provenance,
  ProvenanceStatement,
  type Signer,
  type TrustedKey,
} from '@paddock/contracts';
import { verifyEnvelope } from './dsse.js';
import { isSigstoreBundle, type SigstoreVerifier } from './integrity.js';
import { parseJson } from './json.js';
import { MAX_PROVENANCE_BYTES } from './limits.js';

export interface ProvenanceCheck {
  /** The publisher's keys, one of which is enough. */
  readonly keys: readonly TrustedKey[];
  readonly sigstore: SigstoreVerifier;
  /** When the registry first saw it: the moment at which keys must have been valid. */
  readonly at: Date;
  /** Of the bundle. */
  readonly sha256: string;
}

/**
 * @param envelopeBytes a DSSE envelope or a Sigstore bundle over an in-toto statement.
 * @throws PaddockError `provenance_malformed`, `provenance_signature_invalid` or `provenance_digest_mismatch`.
 */
export async function verifyProvenance(
  envelopeBytes: Uint8Array,
  { sha256, ...trust }: ProvenanceCheck,
): Promise<Provenance> {
  if (envelopeBytes.length > MAX_PROVENANCE_BYTES)
    throw new PaddockError('provenance_malformed', `It may take ${MAX_PROVENANCE_BYTES} bytes.`);
  const { payload, signers } = await verifySignature(envelopeBytes, trust);
  const { subject, predicate } = parseStatement(payload);
  if (!subject.some(({ digest }) => digest['sha256'] === sha256)) throw new PaddockError('provenance_digest_mismatch');
  const { buildDefinition, runDetails } = predicate;
  return {
    builder: runDetails.builder.id,
    buildType: buildDefinition.buildType,
    source: sourceOf(buildDefinition.resolvedDependencies ?? []),
    signers,
  };
}

async function verifySignature(
  bytes: Uint8Array,
  { keys, sigstore, at }: Omit<ProvenanceCheck, 'sha256'>,
): Promise<{ payload: Uint8Array; signers: Signer[] }> {
  try {
    if (isSigstoreBundle(bytes)) {
      const { payload, issuer, identity } = sigstore(bytes);
      return { payload, signers: [{ type: 'sigstore', issuer, identity }] };
    }
    const { payload, keyIds } = await verifyEnvelope(bytes, { keys, threshold: 1 }, at);
    return { payload, signers: keyIds.map((keyId) => ({ type: 'key', keyId })) };
  } catch (cause) {
    if (!(cause instanceof PaddockError) || cause.code === 'internal') throw cause;
    const isUnread = cause.code === 'signature_missing' || cause.code === 'signature_malformed';
    throw new PaddockError(isUnread ? 'provenance_malformed' : 'provenance_signature_invalid', cause.message, {
      cause,
    });
  }
}

function parseStatement(payload: Uint8Array): ProvenanceStatement {
  const json = parseJson(payload, 'provenance_malformed');
  if (!isStorableJson(json))
    throw new PaddockError('provenance_malformed', 'It holds a NUL character or half a surrogate pair.');
  const parsed = ProvenanceStatement.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.map(String).join('.').slice(0, 200), message }));
  throw new PaddockError('provenance_malformed', undefined, { issues });
}

type Dependencies = NonNullable<ProvenanceStatement['predicate']['buildDefinition']['resolvedDependencies']>;

/** `git+https://host/repository@ref` is how builders name a source; some leave out what says that it is git. */
function sourceOf(dependencies: Dependencies): Provenance['source'] {
  const named = dependencies.find(({ uri }) => uri?.startsWith('git+'));
  const found =
    named ?? dependencies.find(({ uri, digest }) => uri !== undefined && digest?.['gitCommit'] !== undefined);
  if (found?.uri === undefined) return null;
  const [, repository = found.uri] = /^(?:git\+)?([a-z]+:\/\/[^/]+\/[^@?#]+)/.exec(found.uri) ?? [];
  const commit = found.digest?.['gitCommit'] ?? found.digest?.['sha1'] ?? '';
  return { repository, commit: /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit) ? commit : null };
}
