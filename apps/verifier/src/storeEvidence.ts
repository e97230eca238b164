/** Keeps the documents of a verification as artifacts, so that anybody can hold them against the countersigned digests. */
import { Readable } from 'node:stream';
import type { Evidence } from '@paddock/contracts';
import type { VerifierContext } from './context.js';

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * @param documents JSON by name, a name as `EvidenceDigest` has it.
 * @throws ArtifactError `too_large` for a document of more than 16 MiB: whoever makes one keeps it below that.
 */
export async function storeEvidence(
  documents: Readonly<Record<string, unknown>>,
  { artifacts }: Pick<VerifierContext, 'artifacts'>,
): Promise<Evidence[]> {
  return Promise.all(
    Object.entries(documents).map(async ([name, document]) => {
      const bytes = Buffer.from(JSON.stringify(document));
      return { name, ...(await artifacts.put(Readable.from([bytes]), { maxBytes: MAX_DOCUMENT_BYTES })) };
    }),
  );
}
