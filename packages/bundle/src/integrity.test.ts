import type { DsseEnvelope, TrustedKey } from '@paddock/contracts';
import { beforeAll, expect, test } from 'vitest';
import { sha256Hex } from './bytes.js';
import { signStatement } from './dsse.js';
import { verifyCountersignature, verifyFiles, verifyPublisher } from './integrity.js';
import { type GeneratedKey, generateKeyPair } from './keys.js';
import { type PackedBundle, packBundle } from './pack.js';
import { publishStatement, type VerdictFacts, verdictStatement } from './statements.js';

const at = new Date('2030-06-01T00:00:00Z');
let key: GeneratedKey;
let registry: GeneratedKey;
let packed: PackedBundle;
let envelope: Uint8Array<ArrayBuffer>;

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const trust = ({ keyId, publicKey }: GeneratedKey, changes: Partial<TrustedKey> = {}): TrustedKey => ({
  keyId,
  publicKey,
  validFrom: '2030-01-01T00:00:00Z',
  validUntil: null,
  revokedAt: null,
  ...changes,
});
const statementOf = (plugin: string, version: string) =>
  publishStatement({ plugin, version, files: packed.files, sha256: packed.sha256 });
const envelopeOf = async (plugin: string, version: string) =>
  bytesOf(await signStatement(statementOf(plugin, version), key.privateKeyPem, key.keyId));
const verdictOf = async (changes: Partial<VerdictFacts> = {}) =>
  verdictStatement({
    plugin: 'acme/tables',
    version: '1.0.0',
    sha256: packed.sha256,
    verdict: 'accepted',
    scanners: [{ name: 's', version: '1' }],
    evidence: [],
    envelopeSha256: await sha256Hex(envelope),
    verifiedAt: at,
    ...changes,
  });
const signedBy = (by: GeneratedKey, statement: Parameters<typeof signStatement>[0]): Promise<DsseEnvelope> =>
  signStatement(statement, by.privateKeyPem, by.keyId);

beforeAll(async () => {
  [key, registry] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  packed = await packBundle([
    { path: 'plugin.json', data: bytesOf({}) },
    { path: 'index.js', data: bytesOf(1) },
  ]);
  envelope = await envelopeOf('acme/tables', '1.0.0');
});

const EXPECTED = { publisher: 'acme', plugin: 'acme/tables', version: '1.0.0' };
const asPublished = (
  { bytes = envelope, keys = [trust(key)], threshold = 1, sha256 = packed.sha256 } = {},
  expected: object = EXPECTED,
) => verifyPublisher(bytes, { policy: { keys, threshold, identities: [] }, at, expected: { sha256, ...expected } });

test('what a publisher signed is answered as it was signed, with who signed it', async () => {
  const word = { statement: statementOf('acme/tables', '1.0.0'), signers: [{ type: 'key', keyId: key.keyId }] };
  expect(await asPublished()).toEqual(word);
  expect(await asPublished({}, {})).toEqual(word);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['no signature', () => asPublished({ bytes: new Uint8Array(0) }), 'signature_missing'],
  ['another publisher’s key', () => asPublished({ keys: [] }), 'signature_key_unknown'],
  [
    'a key that was revoked before the registry saw it',
    () => asPublished({ keys: [trust(key, { revokedAt: '2030-02-01T00:00:00Z' })] }),
    'signature_key_revoked',
  ],
  ['too few keys', () => asPublished({ threshold: 2 }), 'signature_threshold'],
  ['other bytes', () => asPublished({ sha256: 'f'.repeat(64) }), 'statement_digest_mismatch'],
  ['another plugin', () => asPublished({}, { plugin: 'acme/chairs' }), 'statement_name_mismatch'],
  ['a replay of an older version', () => asPublished({}, { version: '1.0.1' }), 'statement_name_mismatch'],
  [
    'another publisher’s name',
    async () => asPublished({ bytes: await envelopeOf('other/tables', '1.0.0') }, { publisher: 'acme' }),
    'statement_name_mismatch',
  ],
  [
    'a publisher whose name begins alike',
    async () => asPublished({ bytes: await envelopeOf('acme-2/tables', '1.0.0') }, { publisher: 'acme' }),
    'statement_name_mismatch',
  ],
  [
    'a verdict instead of a publisher’s statement',
    async () => asPublished({ bytes: bytesOf(await signedBy(key, await verdictOf())) }),
    'statement_malformed',
  ],
])('refused: %s', async (_what, check, code) => {
  await expect(check()).rejects.toMatchObject({ code });
});

test('a key that was revoked after the registry saw it still counts', async () => {
  const keys = [trust(key, { revokedAt: '2030-06-01T00:00:00.001Z' })];
  expect((await asPublished({ keys })).signers).toHaveLength(1);
});

const asCountersigned = async (countersignature: unknown, keys = [trust(registry)], when = at) =>
  verifyCountersignature(countersignature === null ? null : bytesOf(countersignature), {
    keys,
    at: when,
    envelopeBytes: envelope,
    expected: { sha256: packed.sha256, plugin: 'acme/tables', version: '1.0.0' },
  });

test('what the registry countersigned is answered as it was countersigned, under a retired key too', async () => {
  const verdict = await verdictOf();
  const countersignature = await signedBy(registry, verdict);
  expect(await asCountersigned(countersignature)).toEqual(verdict);
  const retired = [trust(key), trust(registry, { validUntil: '2030-07-01T00:00:00Z' })];
  expect(await asCountersigned(countersignature, retired)).toEqual(verdict);
});

test.each<[string, () => Promise<unknown>, string | undefined]>([
  ['there is none', () => asCountersigned(null), undefined],
  [
    'it is by the publisher',
    async () => asCountersigned(await signedBy(key, await verdictOf())),
    'signature_key_unknown',
  ],
  [
    'its key was revoked before that',
    async () =>
      asCountersigned(await signedBy(registry, await verdictOf()), [
        trust(registry, { revokedAt: '2030-05-31T00:00:00Z' }),
      ]),
    'signature_key_revoked',
  ],
  [
    'its key was retired before that',
    async () =>
      asCountersigned(
        await signedBy(registry, await verdictOf()),
        [trust(registry, { validUntil: '2030-07-01T00:00:00Z' })],
        new Date('2030-07-01T00:00:00Z'),
      ),
    'signature_key_expired',
  ],
  [
    'it is about another envelope',
    async () => asCountersigned(await signedBy(registry, await verdictOf({ envelopeSha256: 'e'.repeat(64) }))),
    'countersignature_invalid',
  ],
  [
    'it is about another version',
    async () => asCountersigned(await signedBy(registry, await verdictOf({ version: '1.0.1' }))),
    'countersignature_invalid',
  ],
  [
    'it is about other bytes',
    async () => asCountersigned(await signedBy(registry, await verdictOf({ sha256: 'e'.repeat(64) }))),
    'countersignature_invalid',
  ],
  [
    'it is a publisher’s statement',
    async () => asCountersigned(await signedBy(registry, statementOf('acme/tables', '1.0.0'))),
    'statement_malformed',
  ],
])('a countersignature is refused when %s', async (_what, check, cause) => {
  const error = await check().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'countersignature_invalid' });
  expect((error as { cause?: { code?: string } }).cause?.code).toBe(cause);
});

test('a bundle’s files are just those that were signed', () => {
  const statement = statementOf('acme/tables', '1.0.0');
  expect(() => verifyFiles(statement, packed.files)).not.toThrow();
  const [first, ...rest] = packed.files;
  for (const files of [
    rest,
    [...packed.files].reverse(),
    [{ ...first, sha256: 'f'.repeat(64) }, ...rest],
    [{ ...first, mode: 0o755 }, ...rest],
    [...packed.files, first],
  ]) {
    expect(() => verifyFiles(statement, files as typeof packed.files)).toThrow(
      expect.objectContaining({ code: 'statement_files_mismatch' }),
    );
  }
});
