/** Bytes that nothing refers to: of a run that wrote them and did not succeed, of a blob or an upload that is gone. */
import type { ArtifactStore } from '@paddock/artifacts';
import type { Database } from '@paddock/db';

/** Younger bytes may still be on their way to their row. */
const KEPT_MS = 60 * 60 * 1000;
const BATCH = 500;

/** @returns how many were deleted. */
export async function sweepArtifacts(db: Database, artifacts: ArtifactStore): Promise<number> {
  const before = Date.now() - KEPT_MS;
  let deleted = 0;
  let batch: string[] = [];
  const sweep = async () => {
    for (const sha256 of await db.system.unreferencedDigests(batch)) {
      deleted += (await artifacts.deleteStoredBefore(sha256, before)) ? 1 : 0;
    }
    batch = [];
  };
  for await (const sha256 of artifacts.listStoredBefore(before)) {
    batch.push(sha256);
    if (batch.length >= BATCH) await sweep();
  }
  await sweep();
  return deleted;
}
