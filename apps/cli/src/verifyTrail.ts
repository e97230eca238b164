/**
 * Checks the audit log from outside: every leaf as the API gives it out, against its checkpoint. What the server says of
 * itself is not believed, but for its verifier key where the caller brings none.
 */
import { AuditError, type AuditLeaf, checkTrail, type StoredLeaf, type TrailReport } from '@paddock/audit';
import { ApiError, type AuditEvent, type PaddockClient, unwrap } from '@paddock/client';
import { PaddockError } from '@paddock/contracts';
import { defined } from './command.js';
import { CliError } from './errors.js';

/** The most that the API gives at once. */
const PAGE = 200;
const PROGRESS_EVERY = 5000;

export interface TrailCheck extends Omit<TrailReport, 'reason'> {
  readonly reason: TrailReport['reason'] | 'no_checkpoint';
  readonly checkpoint: {
    readonly size: number;
    readonly rootHash: string;
    readonly note: string;
    readonly at: string;
  } | null;
  readonly verifierKey: string | null;
}

export interface TrailOptions {
  /** The log's key, `name+hash+base64`; the server's own word if left out. */
  verifierKey: string | undefined;
  /** Notes of older checkpoints. With one, a log that was rewritten and signed anew is found out. */
  earlierCheckpoints: readonly string[];
  onProgress: (leaves: number) => void;
}

/**
 * Downloads and checks the whole trail. The checkpoint comes first, so all of its leaves are there to be downloaded.
 * @throws PaddockError `not_allowed` for an organization that does not see the whole trail; ApiError; CliError `usage`
 */
export async function verifyTrail(
  client: PaddockClient,
  { verifierKey, earlierCheckpoints, onProgress }: TrailOptions,
): Promise<TrailCheck> {
  const { organization } = await unwrap(client.GET('/v1/me'));
  if (!organization.platform)
    throw new PaddockError('not_allowed', 'Only a platform organization sees the whole trail.');
  // Leaves get their numbers together with a checkpoint: once there is one of them, there is the other, unless it was taken.
  const isBegun = earlierCheckpoints.length > 0 || (await leavesFrom(client, undefined)).items.length > 0;
  const latest = await latestCheckpoint(client);
  if (latest === null) {
    return {
      verdict: isBegun ? 'tampered' : 'incomplete',
      reason: 'no_checkpoint',
      size: 0,
      uncovered: 0,
      checkpoint: null,
      verifierKey: verifierKey ?? null,
    };
  }
  const { verifierKey: stated, ...checkpoint } = latest;
  const key = verifierKey ?? stated;
  try {
    const report = await checkTrail(leaves(client, onProgress), checkpoint.note, key, {
      expectComplete: true,
      earlierCheckpoints,
    });
    return { ...report, checkpoint, verifierKey: key };
  } catch (error) {
    if (error instanceof AuditError && error.code === 'key_malformed')
      throw new CliError('usage', `The verifier key can’t be taken: ${error.message}.`);
    throw error;
  }
}

async function latestCheckpoint(client: PaddockClient) {
  try {
    return await unwrap(client.GET('/v1/audit/checkpoint'));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  }
}

const leavesFrom = (client: PaddockClient, after: string | undefined) =>
  unwrap(
    client.GET('/v1/audit/events', { params: { query: { order: 'sequence', limit: PAGE, ...defined({ after }) } } }),
  );

async function* leaves(client: PaddockClient, onProgress: (leaves: number) => void): AsyncGenerator<StoredLeaf> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await leavesFrom(client, after);
    for (const event of page.items) {
      yield storedLeaf(event);
      if (++count % PROGRESS_EVERY === 0) onProgress(count);
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** An event as a leaf of the tree. What is missing can't fit the tree, and `checkTrail` says so. */
function storedLeaf({ seq, id, at, organizationId, actor, event, subject, data, leafHash }: AuditEvent): StoredLeaf {
  const leaf: AuditLeaf = { seq: seq ?? -1, id, at, organization: organizationId, actor, event, subject, data };
  return { leaf, leafHash: Buffer.from(leafHash ?? '', 'hex') };
}

export function describeCheck({
  verdict,
  reason,
  size,
  uncovered,
  firstBadSeq,
  suspects,
  checkpoint,
}: TrailCheck): string {
  if (verdict === 'intact') {
    const later = uncovered === 0 ? '' : `; ${uncovered} later ones wait for the next checkpoint`;
    return `intact: all ${size - uncovered} leaves are those of the checkpoint of ${checkpoint?.at ?? ''}${later}.`;
  }
  if (reason === 'no_checkpoint') {
    return verdict === 'incomplete'
      ? 'incomplete: no checkpoint was signed yet.'
      : 'tampered: there is no checkpoint, and there was one.';
  }
  const where =
    firstBadSeq !== undefined
      ? ` The first bad number is ${firstBadSeq}.`
      : suspects
        ? ` A bad leaf is among ${suspects.from} … ${suspects.until - 1}.`
        : '';
  return `${verdict}: ${reason}.${where}`;
}
