/**
 * Proofs over the tree, made and verified as RFC 9162 says (2.1.3 and 2.1.4). A proof that does not hold is `false`, whatever
 * is wrong with it; only asking for a proof that can't exist throws.
 */
import { AuditError } from './errors.js';
import { emptyRoot, equalHashes, HASH_BYTES, nodeHash, rootOf } from './tree.js';

/**
 * The path that shows the leaf at `index` to be in the tree of all these leaves. O(n) hashes.
 *
 * @throws AuditError `tree_malformed` when there is no such leaf.
 */
export function inclusionProof(leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!isIndex(index) || index >= leafHashes.length) throw new AuditError('tree_malformed', 'no leaf has that index');
  if (leafHashes.length === 1) return [];
  const split = largestPowerBelow(leafHashes.length);
  const left = leafHashes.slice(0, split);
  const right = leafHashes.slice(split);
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

export interface InclusionClaim {
  readonly leafHash: Uint8Array;
  readonly index: number;
  /** Size and root as a verified checkpoint gives them: a proof alone does not bind the size. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the leaf stands at that index of the tree with that size and root (RFC 9162, 2.1.3.2). */
export function verifyInclusion({ leafHash, index, size, root, proof }: InclusionClaim): boolean {
  if (!isIndex(index) || !isIndex(size) || index >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalHashes(hash, root);
}

/**
 * The path that shows the tree of the first `firstSize` of these leaves to be the start of the tree of them all. O(n) hashes.
 *
 * @throws AuditError `tree_malformed` when `firstSize` is not between 0 and the number of leaves.
 */
export function consistencyProof(leafHashes: readonly Uint8Array[], firstSize: number): Uint8Array[] {
  if (!isIndex(firstSize) || firstSize > leafHashes.length)
    throw new AuditError('tree_malformed', 'no such earlier tree');
  return firstSize === 0 ? [] : subproof(leafHashes, firstSize, true);
}

/** SUBPROOF of RFC 9162, 2.1.4.1; `known` says that the verifier has the root of this subtree already. */
function subproof(leafHashes: readonly Uint8Array[], firstSize: number, known: boolean): Uint8Array[] {
  if (firstSize === leafHashes.length) return known ? [] : [rootOf(leafHashes)];
  const split = largestPowerBelow(leafHashes.length);
  const left = leafHashes.slice(0, split);
  const right = leafHashes.slice(split);
  return firstSize <= split
    ? [...subproof(left, firstSize, known), rootOf(right)]
    : [...subproof(right, firstSize - split, false), rootOf(left)];
}

export interface ConsistencyClaim {
  readonly firstSize: number;
  readonly firstRoot: Uint8Array;
  readonly secondSize: number;
  readonly secondRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the second tree only appends to the first (RFC 9162, 2.1.4.2). Every tree appends to the empty one, with an empty
 * proof.
 */
export function verifyConsistency({ firstSize, firstRoot, secondSize, secondRoot, proof }: ConsistencyClaim): boolean {
  if (!isIndex(firstSize) || !isIndex(secondSize) || firstSize > secondSize) return false;
  if (![firstRoot, secondRoot, ...proof].every(isHash)) return false;
  if (firstSize === secondSize) return proof.length === 0 && equalHashes(firstRoot, secondRoot);
  if (firstSize === 0) return proof.length === 0 && equalHashes(firstRoot, emptyRoot());

  // A first tree that is a perfect subtree of the second is its own seed, and left out of the proof.
  const path = isPowerOfTwo(firstSize) ? [firstRoot, ...proof] : [...proof];
  let node = firstSize - 1;
  let last = secondSize - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  const seed = path.shift();
  if (seed === undefined) return false;
  let first = seed;
  let second = seed;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      first = nodeHash(sibling, first);
      second = nodeHash(sibling, second);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      second = nodeHash(second, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalHashes(first, firstRoot) && equalHashes(second, secondRoot);
}

// Arithmetic instead of bit operators: sizes go beyond 32 bits.
const isIndex = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isHash = (hash: Uint8Array): boolean => hash.length === HASH_BYTES;
const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

function isPowerOfTwo(n: number): boolean {
  return largestPowerBelow(n + 1) === n;
}
