/** A stored bundle as a file that a sandbox can be given. */
import { ArtifactError } from '@paddock/artifacts';
import { PaddockError } from '@paddock/contracts';
import type { VerifierContext } from './context.js';

/**
 * The local path of the bundle, hashed again.
 * @throws PaddockError `artifact_missing`, `artifact_corrupt`
 */
export async function openBundle(sha256: string, { artifacts }: Pick<VerifierContext, 'artifacts'>): Promise<string> {
  try {
    return await artifacts.path(sha256);
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    throw new PaddockError(cause.code === 'missing' ? 'artifact_missing' : 'artifact_corrupt', undefined, { cause });
  }
}
