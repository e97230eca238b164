import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proofs.js';
import { CompactRange, emptyRoot, leafHash, nodeHash, rootOf } from './tree.js';

const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

// The reference tree of Certificate Transparency: eight inputs, the root of each prefix, and proofs over them.
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const LEAVES = INPUTS.map((input) => leafHash(bytes(input)));
const SECOND = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const THIRD_AND_FOURTH = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const LAST_FOUR = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const FIFTH = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const LAST_TWO = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const FIFTH_AND_SIXTH = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';

describe('the reference tree', () => {
  it.each(ROOTS.map((root, size) => ({ size, root })))('has its root at size $size', ({ size, root }) => {
    expect(hex(rootOf(LEAVES.slice(0, size)))).toBe(root);
  });

  it.each([
    { index: 0, size: 1, proof: [] },
    { index: 0, size: 8, proof: [SECOND, THIRD_AND_FOURTH, LAST_FOUR] },
    { index: 5, size: 8, proof: [FIFTH, LAST_TWO, ROOTS[4] as string] },
    { index: 2, size: 3, proof: [ROOTS[2] as string] },
    { index: 1, size: 5, proof: [ROOTS[1] as string, THIRD_AND_FOURTH, FIFTH] },
  ])('has its inclusion proof for $index in $size', ({ index, size, proof }) => {
    expect(inclusionProof(LEAVES.slice(0, size), index).map(hex)).toEqual(proof);
    const claim = { index, size, leafHash: LEAVES[index] as Uint8Array, root: bytes(ROOTS[size] as string) };
    expect(verifyInclusion({ ...claim, proof: proof.map(bytes) })).toBe(true);
  });

  it.each([
    { first: 1, second: 1, proof: [] },
    { first: 1, second: 8, proof: [SECOND, THIRD_AND_FOURTH, LAST_FOUR] },
    { first: 2, second: 5, proof: [THIRD_AND_FOURTH, FIFTH] },
    { first: 6, second: 8, proof: [FIFTH_AND_SIXTH, LAST_TWO, ROOTS[4] as string] },
  ])('has its consistency proof from $first to $second', ({ first, second, proof }) => {
    expect(consistencyProof(LEAVES.slice(0, second), first).map(hex)).toEqual(proof);
    const roots = { firstRoot: bytes(ROOTS[first] as string), secondRoot: bytes(ROOTS[second] as string) };
    expect(verifyConsistency({ firstSize: first, secondSize: second, ...roots, proof: proof.map(bytes) })).toBe(true);
  });
});

/** Trees of distinct leaves, since equal leaves have equal proofs. */
const tree = (maxLength = 70) =>
  fc
    .uniqueArray(fc.nat(1_000_000), { minLength: 1, maxLength })
    .map((numbers) => numbers.map((n) => leafHash(Buffer.from(`${n}`))));

/** Every way to spoil a proof: one bit, one hash more, one fewer, two swapped. */
const spoilt = (proof: Uint8Array[]): fc.Arbitrary<Uint8Array[]> => {
  const extra = fc.nat(proof.length).map((at) => proof.toSpliced(at, 0, leafHash(Buffer.from('extra'))));
  if (proof.length === 0) return extra;
  const place = fc.nat(proof.length - 1);
  const fewer = place.map((at) => proof.toSpliced(at, 1));
  const short = place.map((at) => proof.with(at, (proof[at] as Uint8Array).subarray(1)));
  const flipped = fc.tuple(place, fc.nat(255)).map(([at, bit]) => proof.with(at, flip(proof[at] as Uint8Array, bit)));
  const swapped = proof.length > 1 ? [fc.constant([proof[1], proof[0], ...proof.slice(2)] as Uint8Array[])] : [];
  return fc.oneof(extra, fewer, short, flipped, ...swapped);
};

function flip(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
}

describe('any tree', () => {
  it('proves each of its leaves, and no spoilt proof holds', () => {
    const cases = tree().chain((leaves) =>
      fc.nat(leaves.length - 1).chain((index) => {
        const proof = inclusionProof(leaves, index);
        return fc.record({
          leaves: fc.constant(leaves),
          index: fc.constant(index),
          proof: fc.constant(proof),
          bad: spoilt(proof),
          bit: fc.nat(255),
          other: fc.nat(leaves.length),
        });
      }),
    );
    fc.assert(
      fc.property(cases, ({ leaves, index, proof, bad, bit, other }) => {
        const claim = {
          leafHash: leaves[index] as Uint8Array,
          index,
          size: leaves.length,
          root: rootOf(leaves),
          proof,
        };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, proof: bad })).toBe(false);
        expect(verifyInclusion({ ...claim, leafHash: flip(claim.leafHash, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toBe(false);
        if (other !== index) expect(verifyInclusion({ ...claim, index: other })).toBe(false);
      }),
    );
  });

  it('proves that it appends to each of its prefixes, and no spoilt proof holds', () => {
    const cases = tree().chain((leaves) =>
      fc.nat(leaves.length).chain((first) => {
        const proof = consistencyProof(leaves, first);
        return fc.record({
          leaves: fc.constant(leaves),
          first: fc.constant(first),
          proof: fc.constant(proof),
          bad: spoilt(proof),
          bit: fc.nat(255),
        });
      }),
    );
    fc.assert(
      fc.property(cases, ({ leaves, first, proof, bad, bit }) => {
        const firstRoot = rootOf(leaves.slice(0, first));
        const claim = { firstSize: first, firstRoot, secondSize: leaves.length, secondRoot: rootOf(leaves), proof };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, proof: bad })).toBe(false);
        expect(verifyConsistency({ ...claim, firstRoot: flip(firstRoot, bit) })).toBe(false);
        // A tree that appends to the empty one has nothing to show for it: any second root will do there.
        if (first > 0) expect(verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, bit) })).toBe(false);
      }),
    );
  });

  it('has the same root by its frontier, however often that is stored and read back', () => {
    fc.assert(
      fc.property(tree(), (leaves) => {
        let range = CompactRange.empty();
        for (const [index, leaf] of leaves.entries()) {
          range.append(leaf);
          range = CompactRange.from(range.serialise());
          expect(range.size).toBe(index + 1);
        }
        expect(hex(range.root())).toBe(hex(recursiveRoot(leaves)));
      }),
    );
  });
});

/** The definition of RFC 6962, 2.1, word by word. */
function recursiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot();
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(recursiveRoot(leaves.slice(0, split)), recursiveRoot(leaves.slice(split)));
}

describe('hashes of another length', () => {
  // The same bytes in a row, cut in another place, would hash to the same node.
  const [left, right] = [LEAVES[0], LEAVES[1]] as [Uint8Array, Uint8Array];
  const cut = { short: left.subarray(0, 31), long: Buffer.concat([left.subarray(31), right]) };
  const root = rootOf([left, right]);

  it('prove nothing', () => {
    expect(verifyInclusion({ leafHash: left, index: 0, size: 2, root, proof: [right] })).toBe(true);
    expect(verifyInclusion({ leafHash: cut.short, index: 0, size: 2, root, proof: [cut.long] })).toBe(false);
    const claim = { firstSize: 1, secondSize: 2, secondRoot: root };
    expect(verifyConsistency({ ...claim, firstRoot: left, proof: [right] })).toBe(true);
    expect(verifyConsistency({ ...claim, firstRoot: cut.short, proof: [cut.long] })).toBe(false);
  });
});

describe('sizes and indices', () => {
  it('go beyond 32 bits', () => {
    const size = 2 ** 40 + 1;
    const root = leafHash(Buffer.from('a tree of 2^40 leaves'));
    const range = CompactRange.from({ size: 2 ** 40, hashes: [root] });
    const leaf = leafHash(Buffer.from('one more'));
    range.append(leaf);
    expect(range.size).toBe(size);
    expect(verifyInclusion({ leafHash: leaf, index: size - 1, size, root: range.root(), proof: [root] })).toBe(true);
    expect(verifyInclusion({ leafHash: leaf, index: 0, size, root: range.root(), proof: [root] })).toBe(false);
  });

  it.each([
    { size: 3, hashes: LEAVES.slice(0, 1) },
    { size: -1, hashes: [] },
    { size: 0.5, hashes: [] },
    { size: 1, hashes: [Buffer.alloc(31)] },
  ])('of a frontier must fit it: $size', (range) => {
    expect(() => CompactRange.from(range)).toThrowError(expect.objectContaining({ code: 'tree_malformed' }));
  });

  it.each([-1, 8, 0.5, Number.NaN])('of a proof must be in the tree: %d', (index) => {
    expect(() => inclusionProof(LEAVES, index)).toThrowError(expect.objectContaining({ code: 'tree_malformed' }));
    expect(
      verifyInclusion({ leafHash: LEAVES[0] as Uint8Array, index, size: 8, root: rootOf(LEAVES), proof: [] }),
    ).toBe(false);
  });
});
