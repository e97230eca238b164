/**
 * The independent check of a whole trail: leaves against their stored hashes, and all hashes against signed checkpoints. It
 * reads leaves one by one, from a database or an export alike, and trusts nothing but the verifier key.
 */
import { type Checkpoint, openCheckpoint } from './checkpoint.js';
import { AuditError } from './errors.js';
import { type AuditLeaf, canonicalLeaf } from './leaf.js';
import { CompactRange, equalHashes, leafHash } from './tree.js';

/** A leaf with the hash that was stored for it when it was sequenced. */
export interface StoredLeaf {
  readonly leaf: AuditLeaf;
  readonly leafHash: Uint8Array;
}

export interface TrailOptions {
  /**
   * Whether the leaves are said to be the whole log, as when they are read from the database itself. Then leaves that the
   * checkpoint has and the trail lacks were deleted (`tampered`); in an export that may be partial, they are `incomplete`.
   */
  readonly expectComplete: boolean;
  /**
   * Older checkpoints of the same log. They narrow down where the tree went wrong when somebody rewrote a leaf together with
   * its stored hash, which one root alone can only tell as a whole.
   */
  readonly earlierCheckpoints?: readonly string[];
}

export type TrailReason =
  | 'intact'
  /** The note is not a checkpoint signed by the log's key. */
  | 'checkpoint_invalid'
  /** A number is missing, or out of its order. */
  | 'leaf_missing'
  /** A leaf is not what its stored hash was made from. */
  | 'leaf_altered'
  /** Each leaf fits its stored hash, yet the tree is not the one that was signed. */
  | 'root_mismatch'
  /** The trail ends before the checkpoint's size. */
  | 'ends_early';

export interface TrailReport {
  readonly verdict: 'intact' | 'tampered' | 'incomplete';
  readonly reason: TrailReason;
  /** How many leaves, from 0 on, were read in order and fit their stored hashes. */
  readonly size: number;
  /** Leaves after the largest signed size: they fit their own hashes, and no signature covers them yet. */
  readonly uncovered: number;
  /** The first number that is bad or missing, where it can be told. */
  readonly firstBadSeq?: number;
  /** With `root_mismatch`: a bad leaf is among `from` … `until` - 1. */
  readonly suspects?: { readonly from: number; readonly until: number };
}

/**
 * Checks a trail. Never throws for what the trail or the note holds; only for a malformed key, or what the iterable throws.
 *
 * @param leaves in order of their numbers, from 0.
 * @param note the newest signed checkpoint.
 * @param logKey the log's verifier key, `name+hash+base64`.
 * @throws AuditError `key_malformed`
 */
export async function checkTrail(
  leaves: Iterable<StoredLeaf> | AsyncIterable<StoredLeaf>,
  note: string,
  logKey: string,
  { expectComplete, earlierCheckpoints = [] }: TrailOptions,
): Promise<TrailReport> {
  const checkpoints = openAll([note, ...earlierCheckpoints], logKey);
  if (checkpoints === undefined) return { verdict: 'tampered', reason: 'checkpoint_invalid', size: 0, uncovered: 0 };
  const bySize = new Map<number, Checkpoint[]>();
  for (const one of checkpoints) bySize.set(one.size, [...(bySize.get(one.size) ?? []), one]);
  const signedSize = Math.max(...bySize.keys());

  const range = CompactRange.empty();
  let agreed = 0;
  /** Whether the tree is the signed one, as far as a checkpoint of this very size can tell. */
  const rootHolds = () => (bySize.get(range.size) ?? []).every(({ root }) => equalHashes(root, range.root()));
  const report = (verdict: TrailReport['verdict'], reason: TrailReason, firstBadSeq?: number): TrailReport => ({
    verdict,
    reason,
    size: range.size,
    uncovered: Math.max(0, range.size - signedSize),
    ...(firstBadSeq === undefined ? {} : { firstBadSeq }),
  });
  const mismatch = (): TrailReport => ({
    ...report('tampered', 'root_mismatch', range.size - agreed === 1 ? agreed : undefined),
    suspects: { from: agreed, until: range.size },
  });

  if (!rootHolds()) return mismatch();
  for await (const { leaf, leafHash: stored } of leaves) {
    if (leaf.seq !== range.size) return report('tampered', 'leaf_missing', range.size);
    const hash = hashOf(leaf);
    if (hash === undefined || !equalHashes(hash, stored)) return report('tampered', 'leaf_altered', leaf.seq);
    range.append(hash);
    if (!rootHolds()) return mismatch();
    if (bySize.has(range.size)) agreed = range.size;
  }
  if (range.size < signedSize) return report(expectComplete ? 'tampered' : 'incomplete', 'ends_early', range.size);
  return report('intact', 'intact');
}

function openAll(notes: readonly string[], logKey: string): Checkpoint[] | undefined {
  try {
    return notes.map((note) => openCheckpoint(note, logKey));
  } catch (error) {
    if (error instanceof AuditError && error.code !== 'key_malformed') return undefined;
    throw error;
  }
}

function hashOf(leaf: AuditLeaf): Uint8Array | undefined {
  try {
    return leafHash(canonicalLeaf(leaf));
  } catch (error) {
    if (error instanceof AuditError) return undefined;
    throw error;
  }
}
