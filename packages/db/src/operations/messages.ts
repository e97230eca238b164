/** What a version's publisher and the admins say to each other of it. */
import { type Actor, MESSAGES_AN_HOUR, type Side, type VersionMessage } from '@paddock/contracts';
import { v7 as uuidv7 } from 'uuid';
import { writeAudit } from '../audit.js';
import type { Prisma } from '../generated/client.js';
import { requireBelowCap } from '../hourlyCap.js';
import { iso, type Page, toPage } from '../rows.js';
import type { Tx } from '../transaction.js';

const toMessage = ({ id, side, text, createdAt }: Prisma.VersionMessageGetPayload<object>): VersionMessage => ({
  id,
  side: side as Side,
  text,
  createdAt: iso(createdAt),
});

/**
 * The message's text stands in its row alone; the audit event says that there was one.
 * @throws PaddockError `rate_limited`, for a publisher
 */
export async function postMessage(
  tx: Tx,
  actor: Actor,
  versionId: string,
  { side, text }: { side: Side; text: string },
): Promise<VersionMessage> {
  const { organizationId } = await tx.version.findUniqueOrThrow({ where: { id: versionId } });
  if (side === 'publisher') {
    await requireBelowCap(tx, { what: 'messages', organizationId, most: MESSAGES_AN_HOUR }, (since) =>
      tx.versionMessage.count({ where: { organizationId, side, createdAt: { gte: since } } }),
    );
  }
  const row = await tx.versionMessage.create({ data: { id: uuidv7(), versionId, organizationId, side, text } });
  await writeAudit(tx, {
    organizationId,
    actor,
    event: 'version.message_posted',
    subject: { type: 'version', id: versionId },
    data: { message: row.id, side },
  });
  return toMessage(row);
}

/** Oldest first. */
export async function listMessages(
  tx: Tx,
  versionId: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Page<VersionMessage>> {
  const rows = await tx.versionMessage.findMany({
    where: { versionId, ...(after === undefined ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  return toPage(rows, limit, ({ id }) => id, toMessage);
}
