/** The profile that a version was seen to have, as the registry countersigned it. */
import { readFile } from 'node:fs/promises';
import { ArtifactError, type ArtifactStore } from '@paddock/artifacts';
import { type EvidenceDigest, ObservedProfile, PaddockError } from '@paddock/contracts';

/**
 * @param evidence of a verdict statement that holds.
 * @returns null where the verification left no profile.
 * @throws PaddockError `artifact_missing`, `artifact_corrupt`
 */
export async function readProfile(
  artifacts: ArtifactStore,
  evidence: readonly EvidenceDigest[],
): Promise<ObservedProfile | null> {
  const document = evidence.find(({ name }) => name === 'profile');
  if (document === undefined) return null;
  try {
    const text = await readFile(await artifacts.path(document.sha256), 'utf8');
    return ObservedProfile.parse(JSON.parse(text));
  } catch (cause) {
    const isMissing = cause instanceof ArtifactError && cause.code === 'missing';
    throw new PaddockError(isMissing ? 'artifact_missing' : 'artifact_corrupt', undefined, { cause });
  }
}
