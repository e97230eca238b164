import { generateKeyPair, packBundle, publishStatement, signStatement, verdictStatement } from '@paddock/bundle';
import type { TrustedKey } from '@paddock/contracts';
import { beforeAll, expect, test } from 'vitest';
import { type IntegrityInput, verifyFiles, verifyIntegrity } from './integrity.js';

const at = new Date('2030-06-01T00:00:00Z');
let key: Awaited<ReturnType<typeof generateKeyPair>>;
let packed: Awaited<ReturnType<typeof packBundle>>;
let good: IntegrityInput;
let trusted: TrustedKey;

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const statementOf = (plugin: string, version: string) =>
  publishStatement({ plugin, version, files: packed.files, sha256: packed.sha256 });
const envelopeOf = async (plugin: string, version: string) =>
  bytesOf(await signStatement(statementOf(plugin, version), key.privateKeyPem, key.keyId));

beforeAll(async () => {
  key = await generateKeyPair();
  packed = await packBundle([
    { path: 'plugin.json', data: bytesOf({}) },
    { path: 'index.js', data: bytesOf(1) },
  ]);
  trusted = {
    keyId: key.keyId,
    publicKey: key.publicKey,
    validFrom: '2030-01-01T00:00:00Z',
    validUntil: null,
    revokedAt: null,
  };
  good = {
    envelopeBytes: await envelopeOf('acme/tables', '1.0.0'),
    artifactSha256: packed.sha256,
    expected: { publisher: 'acme', plugin: 'acme/tables', version: '1.0.0' },
    keys: [trusted],
    at,
  };
});

test('what a publisher signed is answered as it was signed', async () => {
  expect(await verifyIntegrity(good)).toEqual(statementOf('acme/tables', '1.0.0'));
  const { expected: _, ...unnamed } = good;
  expect((await verifyIntegrity(unnamed)).predicate.plugin).toBe('acme/tables');
});

test.each<[string, (input: IntegrityInput) => Partial<IntegrityInput> | Promise<Partial<IntegrityInput>>, string]>([
  ['no signature', () => ({ envelopeBytes: new Uint8Array(0) }), 'signature_missing'],
  ['another publisher’s key', () => ({ keys: [] }), 'signature_key_unknown'],
  ['a revoked key', () => ({ keys: [{ ...trusted, revokedAt: '2030-02-01T00:00:00Z' }] }), 'signature_key_revoked'],
  ['other bytes', () => ({ artifactSha256: 'f'.repeat(64) }), 'statement_digest_mismatch'],
  ['another plugin', () => ({ expected: { plugin: 'acme/chairs' } }), 'statement_name_mismatch'],
  ['a replay of an older version', () => ({ expected: { version: '1.0.1' } }), 'statement_name_mismatch'],
  [
    'another publisher’s name',
    async () => ({ envelopeBytes: await envelopeOf('other/tables', '1.0.0'), expected: { publisher: 'acme' } }),
    'statement_name_mismatch',
  ],
  [
    'a publisher whose name begins alike',
    async () => ({ envelopeBytes: await envelopeOf('acme-2/tables', '1.0.0'), expected: { publisher: 'acme' } }),
    'statement_name_mismatch',
  ],
  [
    'a verdict instead of a publisher’s statement',
    async () => {
      const facts = {
        plugin: 'acme/tables',
        version: '1.0.0',
        sha256: packed.sha256,
        verdict: 'accepted',
        scanner: 's',
        envelopeSha256: packed.sha256,
        verifiedAt: at,
      } as const;
      return { envelopeBytes: bytesOf(await signStatement(verdictStatement(facts), key.privateKeyPem, key.keyId)) };
    },
    'statement_malformed',
  ],
])('%s', async (_what, change, code) => {
  await expect(verifyIntegrity({ ...good, ...(await change(good)) })).rejects.toMatchObject({ code });
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
