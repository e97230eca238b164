import { beforeAll, describe, expect, test } from 'vitest';
import { toBase64, utf8 } from './bytes.js';
import { preAuthEncoding } from './dsse.js';
import { type GeneratedKey, generateKeyPair, importPrivateKey, sign } from './keys.js';
import { MAX_PROVENANCE_BYTES } from './limits.js';
import { verifyProvenance } from './provenance.js';
import { BUILD_TYPE, BUILDER, COMMIT, REPOSITORY, type SlsaStatement, slsaStatement } from './provenance.testing.js';
import { codeOf } from './rawTar.testing.js';
import { openSigstore } from './sigstore.js';
import { type PrivateSigstore, privateSigstore, type SigningIdentity } from './sigstore.testing.js';

const CI: SigningIdentity = {
  issuer: 'https://token.actions.githubusercontent.com',
  identity: 'https://github.com/acme/hello/.github/workflows/release.yml@refs/tags/v1.0.0',
};
const sha256 = 'a'.repeat(64);
const TYPE = 'application/vnd.in-toto+json';

let sigstore: PrivateSigstore;
let key: GeneratedKey;
beforeAll(async () => {
  [sigstore, key] = await Promise.all([privateSigstore(), generateKeyPair()]);
});

async function signed(text: string, by = key): Promise<Uint8Array> {
  const payload = utf8(text);
  const sig = toBase64(await sign(await importPrivateKey(by.privateKeyPem), preAuthEncoding(TYPE, payload)));
  return utf8(
    JSON.stringify({ payloadType: TYPE, payload: toBase64(payload), signatures: [{ keyid: by.keyId, sig }] }),
  );
}
const check = (bytes: Uint8Array, { root = sigstore.trustedRoot, revokedAt = null as string | null } = {}) =>
  verifyProvenance(bytes, {
    keys: [
      { keyId: key.keyId, publicKey: key.publicKey, validFrom: new Date(0).toISOString(), validUntil: null, revokedAt },
    ],
    sigstore: openSigstore(root),
    at: new Date(),
    sha256,
  });
const stated = {
  builder: BUILDER,
  buildType: BUILD_TYPE,
  source: { repository: REPOSITORY, commit: COMMIT },
};

test('what a workflow states by Sigstore is answered with who states it', async () => {
  const bundle = utf8(JSON.stringify(await sigstore.sign(slsaStatement(sha256), CI)));
  expect(await check(bundle)).toEqual({ ...stated, signers: [{ type: 'sigstore', ...CI }] });
  const { trustedRoot } = await privateSigstore();
  expect(await codeOf(check(bundle, { root: trustedRoot }))).toBe('provenance_signature_invalid');
});

test('what a key of the publisher’s states, too, as long as it is not revoked', async () => {
  const bytes = await signed(JSON.stringify(slsaStatement(sha256)));
  expect(await check(bytes)).toEqual({ ...stated, signers: [{ type: 'key', keyId: key.keyId }] });
  expect(await codeOf(check(bytes, { revokedAt: new Date(1).toISOString() }))).toBe('provenance_signature_invalid');
});

test('anybody else’s key states nothing, nor does ours under other bytes', async () => {
  const text = JSON.stringify(slsaStatement(sha256));
  const stranger = await generateKeyPair();
  expect(await codeOf(check(await signed(text, stranger)))).toBe('provenance_signature_invalid');
  expect(await codeOf(check(await signed(text, { ...stranger, keyId: key.keyId })))).toBe(
    'provenance_signature_invalid',
  );
});

test('one of its subjects is the bundle', async () => {
  const other = { name: 'other.tgz', digest: { sha256: 'b'.repeat(64) } };
  const subjects = (...subject: SlsaStatement['subject']) =>
    signed(JSON.stringify({ ...slsaStatement(sha256), subject }));
  const ours = slsaStatement(sha256).subject;
  expect(await check(await subjects(other, ...ours))).toMatchObject(stated);
  expect(await codeOf(check(await subjects(other)))).toBe('provenance_digest_mismatch');
});

test.each<[string, unknown, unknown]>([
  ['none', undefined, null],
  ['a package alone', [{ uri: 'pkg:npm/left-pad@1.0.0', digest: { sha256 } }], null],
  [
    'a repository behind a package',
    [{ uri: 'pkg:npm/left-pad@1.0.0' }, { uri: 'git+https://host/a/b' }],
    { repository: 'https://host/a/b', commit: null },
  ],
  [
    'one with a user’s name',
    [{ uri: 'git+ssh://git@host/a/b@refs/heads/x@y' }],
    { repository: 'ssh://git@host/a/b', commit: null },
  ],
  [
    'one that is told by its digest',
    [{ uri: 'https://host/a/b', digest: { gitCommit: COMMIT } }],
    { repository: 'https://host/a/b', commit: COMMIT },
  ],
  [
    'a commit that is none',
    [{ uri: 'git+https://host/a/b', digest: { gitCommit: 'HEAD' } }],
    { repository: 'https://host/a/b', commit: null },
  ],
])('its source: %s', async (_what, resolvedDependencies, source) => {
  const statement = slsaStatement(sha256);
  const buildDefinition = { ...statement.predicate.buildDefinition, resolvedDependencies };
  const text = JSON.stringify({ ...statement, predicate: { ...statement.predicate, buildDefinition } });
  expect(await check(await signed(text))).toMatchObject({ source });
});

describe('it is malformed:', () => {
  type Change = (statement: SlsaStatement) => object;
  const build =
    (change: object): Change =>
    (statement) => ({
      ...statement,
      predicate: { ...statement.predicate, buildDefinition: { ...statement.predicate.buildDefinition, ...change } },
    });
  const builder =
    (value: unknown): Change =>
    (statement) => ({
      ...statement,
      predicate: { ...statement.predicate, runDetails: { builder: value } },
    });

  test.each<[string, Change]>([
    ['another kind of statement', (of) => ({ ...of, _type: 'https://in-toto.io/Statement/v0.1' })],
    ['an older provenance', (of) => ({ ...of, predicateType: 'https://slsa.dev/provenance/v0.2' })],
    ['no subject', (of) => ({ ...of, subject: [] })],
    ['more than 1024 subjects', (of) => ({ ...of, subject: Array(1025).fill(of.subject[0]) })],
    ['a subject without a digest', (of) => ({ ...of, subject: [{ name: 'x' }] })],
    ['no predicate', (of) => ({ ...of, predicate: undefined })],
    ['no type of build', build({ buildType: undefined })],
    ['a type of build that is no address', build({ buildType: 'by hand' })],
    ['no parameters', build({ externalParameters: undefined })],
    ['parameters in a list', build({ externalParameters: [] })],
    ['dependencies that are none', build({ resolvedDependencies: {} })],
    ['a dependency whose digest is a text', build({ resolvedDependencies: [{ digest: COMMIT }] })],
    ['no builder', builder(undefined)],
    ['a builder’s id that is a number', builder({ id: 1 })],
    ['a builder’s id of more than 2000 characters', builder({ id: `https://host/${'x'.repeat(2000)}` })],
    ['a builder’s id that turns the reading', builder({ id: 'https://host/\u{202e}moc' })],
    ['a NUL in a parameter', build({ externalParameters: { 'a\u{0}': 1 } })],
    ['half a surrogate pair in a field that is not read', (of) => ({ ...of, more: '\u{d800}' })],
  ])('%s', async (_what, change) => {
    const bytes = await signed(JSON.stringify(change(slsaStatement(sha256))));
    expect(await codeOf(check(bytes))).toBe('provenance_malformed');
  });

  test.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['nothing', () => utf8('')],
    ['no JSON', () => utf8('built at home')],
    ['the statement, unsigned', () => utf8(JSON.stringify(slsaStatement(sha256)))],
    ['a Sigstore bundle by its media type alone', () => utf8('{"mediaType":"application/vnd.dev.sigstore.bundle"}')],
    ['a statement that is no JSON', () => signed('built at home')],
    ['a key twice', () => signed(JSON.stringify(slsaStatement(sha256)).replace('{', '{"subject":[],'))],
    ['more bytes than are taken', () => utf8(' '.repeat(MAX_PROVENANCE_BYTES + 1))],
  ])('%s', async (_what, bytes) => {
    expect(await codeOf(check(await bytes()))).toBe('provenance_malformed');
  });
});
