/** A verification once more: of a version whose first one did not come to its end, or whose countersignature counts no more. */
import { type Actor, PaddockError, type Version, versionStatesBefore } from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Tx } from '../transaction.js';
import { getVersion, toVersion, versionInclude } from './versions.js';

/**
 * What is not published yet is `verifying` again. What is out stays so meanwhile, and gets a new countersignature if it passes.
 * Asking while it waits changes nothing.
 *
 * @throws PaddockError `not_found`; `conflict` for a version that is rejected or revoked
 */
export async function requestVerification(tx: Tx, actor: Actor, id: string): Promise<Version> {
  const { state, ...before } = await getVersion(tx, id);
  if (state === 'verifying' || before.verificationRequestedAt !== null) return { state, ...before };
  const isOut = state === 'published' || state === 'yanked';
  if (!isOut && !versionStatesBefore('verifying').includes(state))
    throw new PaddockError('conflict', `It is ${state}.`);
  const { count } = await tx.version.updateMany({
    where: { id, state },
    data: {
      verificationAttempts: 0,
      verificationStartedAt: null,
      ...(isOut ? { verificationRequestedAt: new Date() } : { state: 'verifying' }),
    },
  });
  if (count === 0) throw new PaddockError('conflict', 'It was decided upon at the same time.');
  const row = await tx.version.findUniqueOrThrow({ where: { id }, include: versionInclude });
  const version = toVersion(row);
  await writeAudit(tx, {
    organizationId: row.organizationId,
    actor,
    event: 'version.verification_requested',
    subject: { type: 'version', id },
    data: { plugin: version.plugin, version: version.version, sha256: version.sha256, state },
  });
  return version;
}
