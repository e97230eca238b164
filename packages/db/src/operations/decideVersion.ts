/** What people decide upon a version: each decision a compare-and-set on its state, with who, why and the audit event. */
import {
  type Actor,
  type AuditEventName,
  PaddockError,
  type Side,
  type Version,
  type VersionDecision,
  type VersionState,
  versionStatesBefore,
} from '@paddock/contracts';
import { writeAudit } from '../audit.js';
import type { Tx } from '../transaction.js';
import { getVersion, toVersion, versionInclude } from './versions.js';

export interface DecisionRequest {
  to: 'published' | 'rejected' | 'yanked' | 'revoked';
  /** The states that whoever decides may decide upon. */
  from: readonly VersionState[];
  by: Side;
  /** Of the bundle that was judged, where the decision is about its bytes. */
  sha256?: string | undefined;
  reason?: string | undefined;
}

/**
 * Publishes, rejects, yanks or revokes a version, or publishes a yanked one again. Doing it again changes nothing.
 *
 * @throws PaddockError `not_found`, `approval_digest_mismatch`, `version_not_publishable`, `conflict` (it can't be yanked or
 *   revoked), `not_allowed` (what an admin has yanked, its publisher does not bring back)
 */
export async function decideVersion(tx: Tx, actor: Actor, id: string, request: DecisionRequest): Promise<Version> {
  const { to, from, by, sha256, reason } = request;
  const before = await getVersion(tx, id);
  if (sha256 !== undefined && sha256 !== before.sha256) throw new PaddockError('approval_digest_mismatch');
  if (before.state === to) return before;
  if (to === 'published' && before.manifest === null)
    throw new PaddockError('version_not_publishable', 'It was never read to its end.');
  if (before.state === 'yanked' && to === 'published' && by === 'publisher' && before.decision?.by === 'admin')
    throw new PaddockError('not_allowed', 'An admin has yanked it.');
  const decision: VersionDecision = { by, reason: reason ?? null, at: new Date().toISOString() };
  const { count } = await tx.version.updateMany({
    where: {
      id,
      state: before.state,
      AND: { state: { in: versionStatesBefore(to).filter((state) => from.includes(state)) } },
    },
    data: {
      state: to,
      decision,
      ...(to === 'published' && before.publishedAt === null ? { publishedAt: new Date() } : {}),
    },
  });
  if (count === 0) {
    const code = to === 'published' || to === 'rejected' ? 'version_not_publishable' : 'conflict';
    throw new PaddockError(code, `It is ${before.state}.`);
  }
  const row = await tx.version.findUniqueOrThrow({ where: { id }, include: versionInclude });
  const version = toVersion(row);
  for (const event of eventsOf(before.state, to)) {
    const data = { plugin: version.plugin, version: version.version, sha256: version.sha256, by };
    await writeAudit(tx, {
      organizationId: row.organizationId,
      actor,
      event,
      subject: { type: 'version', id },
      data: { ...data, ...(reason === undefined ? {} : { reason }) },
    });
  }
  return version;
}

function eventsOf(from: VersionState, to: DecisionRequest['to']): AuditEventName[] {
  if (to !== 'published') return [`version.${to}`];
  if (from === 'yanked') return ['version.unyanked'];
  return from === 'review' ? ['version.approved', 'version.published'] : ['version.published'];
}
