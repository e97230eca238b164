/** What its publisher attached on where and how a version was built. It is evidence to be shown; no verdict rests on it. */
import { parseJson, verifyProvenance } from '@paddock/bundle';
import type { ProvenanceDocument } from '@paddock/contracts';
import type { VersionToVerify } from '@paddock/db';
import type { VerifierContext } from './context.js';

/**
 * @returns null when nothing is attached.
 * @throws PaddockError with a `provenance_` code. The upload refuses such a one, so that it is of a key which was revoked since.
 */
export async function provenanceDocument(
  { provenance, policy, uploadedAt, artifactSha256: sha256 }: VersionToVerify,
  { sigstore }: Pick<VerifierContext, 'sigstore'>,
): Promise<ProvenanceDocument | null> {
  if (provenance === null) return null;
  const stated = await verifyProvenance(provenance, { keys: policy.keys, sigstore, at: uploadedAt, sha256 });
  const keys = policy.keys.filter(({ keyId }) =>
    stated.signers.some((signer) => signer.type === 'key' && signer.keyId === keyId),
  );
  const envelope = parseJson(provenance, 'provenance_malformed');
  return { ...stated, keys, seenAt: uploadedAt.toISOString(), envelope };
}
