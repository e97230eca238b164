/**
 * The chapter of the audit trail: fetched whole as anybody with the right could, and checked here, against the signed
 * checkpoint and the log's own key. The server's word is not taken for anything.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalLeaf, checkTrail, leafHash, type StoredLeaf } from '@paddock/audit';
import { type AuditEvent, unwrap } from '@paddock/client';
import { auditLeafOf } from '@paddock/db';
import type { Organization, Play } from './cast.js';
import { count } from './publish.js';
import { must } from './steps.js';

const PAGE = 200;
const LOOK_EVERY_MS = 100;

export interface TrailFindings {
  verdict: string;
  leaves: number;
  checkpointSize: number;
  rootHash: string;
  /** Copies of the trail, each with one lie in it, and how it was found out. */
  lies: { lie: string; verdict: string; reason: string; firstBadSeq: number | null }[];
}

export async function checkAudit({ steps, stack, admin, runs }: Play): Promise<TrailFindings> {
  const size = await steps.step(
    'The last event gets its number in the tree',
    () => sequenced(admin),
    (next) => `number ${next - 1}`,
  );
  const { note, ...checkpoint } = await steps.step(
    'The signed checkpoint covers it',
    async () => {
      const latest = await unwrap(admin.client.GET('/v1/audit/checkpoint'));
      must(latest.verifierKey === stack.auditVerifierKey, 'it is signed by another key than the stack’s');
      must(latest.size >= size, `it covers ${latest.size} leaves only`);
      return latest;
    },
    (latest) => `${latest.size} leaves, root ${latest.rootHash.slice(0, 12)}…`,
  );
  const leaves = await steps.step(
    `${admin.slug} fetches the whole trail`,
    async () => {
      const all = await wholeTrail(admin);
      const settled = new Set(
        all.filter(({ leaf }) => leaf.event === 'run.settled').map(({ leaf }) => leaf.subject.id),
      );
      const unseen = runs.filter(({ run }) => !settled.has(run.id));
      must(unseen.length === 0, `${count(unseen.length, 'run')} of this demo left no event`);
      return all;
    },
    (all) => `${all.length} leaves, and among them the end of each of the ${count(runs.length, 'run')}`,
  );
  const check = (trail: readonly StoredLeaf[]) =>
    checkTrail(trail, note, stack.auditVerifierKey, { expectComplete: true });
  const report = await steps.step(
    'Every leaf is hashed again, up to the signed root',
    async () => {
      const found = await check(leaves);
      must(found.verdict === 'intact', `it is ${found.verdict}: ${found.reason}, number ${found.firstBadSeq}`);
      return found;
    },
    ({ verdict }) => `${verdict}: what is written is what was signed`,
  );

  const target =
    leaves.findLast(({ leaf }) => leaf.event === 'run.settled' && leaf.data['outcome'] === 'out_of_memory') ??
    leaves.at(-1);
  must(target !== undefined, 'the trail has no leaf to lie about');
  const lies: TrailFindings['lies'] = [];
  const altered: StoredLeaf = {
    ...target,
    leaf: { ...target.leaf, data: { ...target.leaf.data, outcome: 'succeeded' } },
  };
  await steps.step(
    `A copy says of number ${target.leaf.seq} that the run succeeded`,
    async () => {
      const { verdict, reason, firstBadSeq } = await check(replaced(leaves, altered));
      must(verdict === 'tampered' && firstBadSeq === target.leaf.seq, `it is called ${verdict}, number ${firstBadSeq}`);
      lies.push({ lie: 'one leaf changed', verdict, reason, firstBadSeq });
    },
    () => `found out: tampered, number ${target.leaf.seq} is not what its hash was made from`,
  );
  await steps.step(
    'Another copy has the hash changed with it',
    async () => {
      const hash = leafHash(canonicalLeaf(altered.leaf));
      const { verdict, reason, firstBadSeq } = await check(replaced(leaves, { ...altered, leafHash: hash }));
      must(verdict === 'tampered' && reason === 'root_mismatch', `it is called ${verdict}: ${reason}`);
      lies.push({ lie: 'one leaf and its hash changed', verdict, reason, firstBadSeq: firstBadSeq ?? null });
    },
    () => 'found out: tampered, the tree has another root than the signed one',
  );
  return {
    verdict: report.verdict,
    leaves: leaves.length,
    checkpointSize: checkpoint.size,
    rootHash: checkpoint.rootHash,
    lies,
  };
}

/** Waits until the newest event of now is in the tree, and answers how large the tree must be to hold it. */
async function sequenced(admin: Organization): Promise<number> {
  const newest = async (limit: number) =>
    (await unwrap(admin.client.GET('/v1/audit/events', { params: { query: { limit } } }))).items;
  const [last] = await newest(1);
  must(last !== undefined, 'the trail is empty');
  for (;;) {
    const seq = (await newest(PAGE)).find((event) => event.id === last.id)?.seq;
    must(seq !== undefined, 'the event is gone');
    if (seq !== null) return seq + 1;
    await sleep(LOOK_EVERY_MS);
  }
}

async function wholeTrail(admin: Organization): Promise<StoredLeaf[]> {
  const events: AuditEvent[] = [];
  let after: string | undefined;
  do {
    const query = { order: 'sequence', limit: PAGE, ...(after === undefined ? {} : { after }) } as const;
    const page = await unwrap(admin.client.GET('/v1/audit/events', { params: { query } }));
    events.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return events.map((event) => ({
    leaf: auditLeafOf(event, event.seq ?? -1),
    leafHash: Buffer.from(event.leafHash ?? '', 'hex'),
  }));
}

const replaced = (leaves: readonly StoredLeaf[], by: StoredLeaf): StoredLeaf[] =>
  leaves.map((each) => (each.leaf.seq === by.leaf.seq ? by : each));
