import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint } from './checkpoint.js';
import { type AuditLeaf, canonicalLeaf } from './leaf.js';
import { signNote, verifierKey } from './note.js';
import { checkTrail, type StoredLeaf } from './trail.js';
import { leafHash, rootOf } from './tree.js';

const leaf = (seq: number): AuditLeaf => ({
  seq,
  id: `event-${seq}`,
  at: '2026-01-02T03:04:05.678Z',
  organization: seq % 2 === 0 ? 'acme' : null,
  actor: { type: 'api_key', id: 'key-1' },
  event: 'run.created',
  subject: { type: 'run', id: `run-${seq}` },
  data: { tool: 'echo', n: seq },
});
const stored = (leaf: AuditLeaf): StoredLeaf => ({ leaf, leafHash: leafHash(canonicalLeaf(leaf)) });
const trailOf = (size: number) => Array.from({ length: size }, (_, seq) => stored(leaf(seq)));

const name = 'paddock.test/audit';
const { privateKey } = generateKeyPairSync('ed25519');
const KEY = verifierKey(name, privateKey);
const checkpointOf = (trail: readonly StoredLeaf[]) =>
  signNote(formatCheckpoint({ origin: name, size: trail.length, root: rootOf(trail.map((one) => one.leafHash)) }), {
    name,
    privateKey,
  });

const SIZE = 20;
const TRAIL = trailOf(SIZE);
const NOTE = checkpointOf(TRAIL);
const whole = { expectComplete: true };
const part = { expectComplete: false };

describe('checkTrail', () => {
  it.each([0, 1, 2, 7, 20])('finds a trail of %d leaves intact', async (size) => {
    const trail = trailOf(size);
    expect(await checkTrail(trail, checkpointOf(trail), KEY, whole)).toEqual({
      verdict: 'intact',
      reason: 'intact',
      size,
      uncovered: 0,
    });
  });

  it('reads a stream', async () => {
    async function* stream() {
      yield* TRAIL;
    }
    expect(await checkTrail(stream(), NOTE, KEY, whole)).toMatchObject({ verdict: 'intact', size: SIZE });
  });

  const edits: Record<string, (leaf: AuditLeaf) => AuditLeaf> = {
    id: (one) => ({ ...one, id: `${one.id}x` }),
    at: (one) => ({ ...one, at: '2026-01-02T03:04:05.679Z' }),
    organization: (one) => ({ ...one, organization: 'other' }),
    actor: (one) => ({ ...one, actor: { ...one.actor, type: 'process' } }),
    event: (one) => ({ ...one, event: 'run.settled' }),
    subject: (one) => ({ ...one, subject: { ...one.subject, id: 'run-x' } }),
    data: (one) => ({ ...one, data: { ...one.data, extra: null } }),
    form: (one) => ({ ...one, at: 'yesterday' }),
  };
  it.each(Object.keys(edits))('names the leaf whose %s was edited', async (field) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(SIZE - 1), async (at) => {
        const { leaf, leafHash } = TRAIL[at] as StoredLeaf;
        const trail = TRAIL.with(at, { leaf: (edits[field] as (leaf: AuditLeaf) => AuditLeaf)(leaf), leafHash });
        expect(await checkTrail(trail, NOTE, KEY, whole)).toMatchObject({
          verdict: 'tampered',
          reason: 'leaf_altered',
          firstBadSeq: at,
        });
      }),
      { numRuns: 30 },
    );
  });

  it('names the leaf whose stored hash was edited', async () => {
    const trail = TRAIL.with(5, { ...(TRAIL[5] as StoredLeaf), leafHash: (TRAIL[6] as StoredLeaf).leafHash });
    expect(await checkTrail(trail, NOTE, KEY, whole)).toMatchObject({
      verdict: 'tampered',
      reason: 'leaf_altered',
      firstBadSeq: 5,
    });
  });

  it.each([
    ['deleted', TRAIL.toSpliced(8, 1)],
    ['doubled', TRAIL.toSpliced(8, 0, TRAIL[7] as StoredLeaf)],
    ['swapped with the next', TRAIL.toSpliced(8, 2, TRAIL[9] as StoredLeaf, TRAIL[8] as StoredLeaf)],
  ])('names the number where a leaf was %s', async (_, trail) => {
    for (const options of [whole, part]) {
      expect(await checkTrail(trail, NOTE, KEY, options)).toMatchObject({
        verdict: 'tampered',
        reason: 'leaf_missing',
        firstBadSeq: 8,
      });
    }
  });

  it('calls a trail that ends early tampered when it is said to be whole, and incomplete when not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(SIZE - 1), async (end) => {
        const trail = TRAIL.slice(0, end);
        const found = { reason: 'ends_early', size: end, firstBadSeq: end };
        expect(await checkTrail(trail, NOTE, KEY, whole)).toMatchObject({ ...found, verdict: 'tampered' });
        expect(await checkTrail(trail, NOTE, KEY, part)).toMatchObject({ ...found, verdict: 'incomplete' });
      }),
    );
  });

  it('finds a leaf that was rewritten with its hash, and narrows it down by earlier checkpoints', async () => {
    const forged = TRAIL.with(11, stored({ ...leaf(11), event: 'nothing.happened' }));
    const plain = await checkTrail(forged, NOTE, KEY, whole);
    expect(plain).toMatchObject({ verdict: 'tampered', reason: 'root_mismatch', suspects: { from: 0, until: SIZE } });
    expect(plain.firstBadSeq).toBeUndefined();

    const at = (size: number) => checkpointOf(TRAIL.slice(0, size));
    const narrowed = await checkTrail(forged, NOTE, KEY, { ...whole, earlierCheckpoints: [at(4), at(10), at(14)] });
    expect(narrowed).toMatchObject({ verdict: 'tampered', suspects: { from: 10, until: 14 } });
    const exact = await checkTrail(forged, NOTE, KEY, { ...whole, earlierCheckpoints: [at(12), at(11)] });
    expect(exact).toMatchObject({ verdict: 'tampered', suspects: { from: 11, until: 12 }, firstBadSeq: 11 });
  });

  it('finds two checkpoints that contradict each other', async () => {
    const other = checkpointOf(TRAIL.toSpliced(3, 1, stored({ ...leaf(3), event: 'x' })));
    expect(await checkTrail(TRAIL, NOTE, KEY, { ...whole, earlierCheckpoints: [other] })).toMatchObject({
      reason: 'root_mismatch',
    });
  });

  it('checks the leaves after the checkpoint against their own hashes, and counts them', async () => {
    const trail = trailOf(SIZE + 3);
    expect(await checkTrail(trail, NOTE, KEY, whole)).toMatchObject({
      verdict: 'intact',
      size: SIZE + 3,
      uncovered: 3,
    });
    const edited = trail.with(SIZE + 1, {
      ...(trail[SIZE + 1] as StoredLeaf),
      leaf: { ...leaf(SIZE + 1), event: 'x' },
    });
    expect(await checkTrail(edited, NOTE, KEY, whole)).toMatchObject({ verdict: 'tampered', firstBadSeq: SIZE + 1 });
  });

  it('trusts no checkpoint but one signed by the key', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    for (const note of [signNote('text\n', { name, privateKey }), '', NOTE.replace('20', '21')]) {
      expect(await checkTrail(TRAIL, note, KEY, whole)).toMatchObject({
        verdict: 'tampered',
        reason: 'checkpoint_invalid',
      });
    }
    expect(await checkTrail(TRAIL, NOTE, verifierKey(name, stranger), part)).toMatchObject({ verdict: 'tampered' });
    await expect(checkTrail(TRAIL, NOTE, 'no key', whole)).rejects.toMatchObject({ code: 'key_malformed' });
  });
});

describe('canonicalLeaf', () => {
  const text = (one: AuditLeaf) => Buffer.from(canonicalLeaf(one)).toString();

  it('is RFC 8785', () => {
    const data = { é: 1e21, b: [1.0, -0, 1e-7, '\u20ac$\u000f\nA\'B"\\"'], a: { z: null, y: true } };
    expect(text({ ...leaf(0), data })).toBe(
      '{"actor":{"id":"key-1","type":"api_key"},"at":"2026-01-02T03:04:05.678Z",' +
        '"data":{"a":{"y":true,"z":null},"b":[1,0,1e-7,"€$\\u000f\\nA\'B\\"\\\\\\""],"é":1e+21},' +
        '"event":"run.created","id":"event-0","organization":"acme","seq":0,"subject":{"id":"run-0","type":"run"}}',
    );
  });

  it('does not depend on the order of properties, nor on a way through JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (data) => {
        fc.pre(!/\p{Surrogate}/u.test(JSON.stringify(data)));
        const reversed = Object.fromEntries(Object.entries({ ...leaf(1), data }).reverse()) as unknown as AuditLeaf;
        expect(text(reversed)).toBe(
          text({ ...leaf(1), data: JSON.parse(JSON.stringify(data)) as Record<string, unknown> }),
        );
      }),
    );
  });

  it.each([
    ['an undefined value', { data: { a: undefined } }],
    ['a Date', { data: { a: new Date(0) } }],
    ['a number that is not finite', { data: { a: [Number.POSITIVE_INFINITY] } }],
    ['half a surrogate pair', { data: { a: '\ud800' } }],
    ['half a surrogate pair in a key', { data: { '\udc00': 1 } }],
    ['an own toJSON', { data: { toJSON: () => 'other' } }],
    ['a negative number', { seq: -1 }],
    ['a time with an offset', { at: '2026-01-02T03:04:05.678+01:00' }],
    ['a time without milliseconds', { at: '2026-01-02T03:04:05Z' }],
  ])('refuses %s', (_, change) => {
    expect(() => canonicalLeaf({ ...leaf(0), ...change })).toThrowError(
      expect.objectContaining({ code: 'leaf_malformed' }),
    );
  });
});
