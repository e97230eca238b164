/**
 * The Merkle tree of RFC 6962, section 2.1 (the same in RFC 9162): its hashes, its root, and its right frontier, which is all
 * that has to be kept to append. It holds no leaves and knows no store.
 */
import { createHash } from 'node:crypto';
import { AuditError } from './errors.js';

export const HASH_BYTES = 32;

const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** The hash of a leaf's bytes: SHA-256(0x00 ‖ bytes). */
export function leafHash(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(LEAF_PREFIX).update(bytes).digest();
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return createHash('sha256').digest();
}

export function equalHashes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/**
 * The right frontier of a tree: the roots of its perfect subtrees, largest first, one for each 1 in the binary size. From it
 * follow the root and the next frontier, in O(log size) time and memory.
 */
export class CompactRange {
  #size: number;
  readonly #hashes: Uint8Array[];

  private constructor(size: number, hashes: Uint8Array[]) {
    this.#size = size;
    this.#hashes = hashes;
  }

  static empty(): CompactRange {
    return new CompactRange(0, []);
  }

  /**
   * A range as {@link CompactRange.serialise} gave it.
   *
   * @throws AuditError `tree_malformed` when the hashes can't be those of a tree of that size.
   */
  static from({ size, hashes }: SerialisedRange): CompactRange {
    if (!Number.isSafeInteger(size) || size < 0 || hashes.length !== ones(size)) {
      throw new AuditError('tree_malformed', 'the frontier does not have the hashes that its size needs');
    }
    hashes.forEach(assertHash);
    return new CompactRange(size, [...hashes]);
  }

  /** How many leaves the tree has: the next leaf's index. */
  get size(): number {
    return this.#size;
  }

  /** @throws AuditError `tree_malformed` when it is not a hash. */
  append(hash: Uint8Array): void {
    assertHash(hash);
    let node = hash;
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = nodeHash(this.#hashes.pop() as Uint8Array, node);
    }
    this.#hashes.push(node);
    this.#size += 1;
  }

  root(): Uint8Array {
    return (
      this.#hashes.reduceRight<Uint8Array | undefined>(
        (right, left) => (right === undefined ? left : nodeHash(left, right)),
        undefined,
      ) ?? emptyRoot()
    );
  }

  serialise(): SerialisedRange {
    return { size: this.#size, hashes: [...this.#hashes] };
  }
}

export interface SerialisedRange {
  readonly size: number;
  /** Largest subtree first, 32 bytes each. */
  readonly hashes: readonly Uint8Array[];
}

/** The root of the tree that has these leaf hashes. */
export function rootOf(leafHashes: Iterable<Uint8Array>): Uint8Array {
  const range = CompactRange.empty();
  for (const hash of leafHashes) range.append(hash);
  return range.root();
}

export function assertHash(hash: Uint8Array): void {
  if (hash.length !== HASH_BYTES) throw new AuditError('tree_malformed', `a hash has ${HASH_BYTES} bytes`);
}

/** Sizes go beyond 32 bits, where JavaScript's bit operators end. */
function ones(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
