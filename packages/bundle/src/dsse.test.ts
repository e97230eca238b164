import { execFile } from 'node:child_process';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { DSSE_PAYLOAD_TYPE, type TrustedKey } from '@paddock/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { toBase64, utf8 } from './bytes.js';
import { addSignature, preAuthEncoding, signStatement, verifyEnvelope } from './dsse.js';
import { type GeneratedKey, generateKeyPair, importPrivateKey, keyIdOf } from './keys.js';
import { codeOf } from './rawTar.testing.js';
import { parsePublishStatement, parseVerdictStatement, publishStatement, verdictStatement } from './statements.js';

const at = new Date('2030-06-01T00:00:00Z');
const sha256 = 'a'.repeat(64);
const statement = publishStatement({
  plugin: 'acme/tables',
  version: '1.2.3',
  files: [{ path: 'plugin.json', mode: 0o644, size: 2, sha256 }],
  sha256,
});

let own: GeneratedKey;
let other: GeneratedKey;
let third: GeneratedKey;
beforeAll(async () => {
  [own, other, third] = await Promise.all([generateKeyPair(), generateKeyPair(), generateKeyPair()]);
});

const trust = (key: GeneratedKey, changes: Partial<TrustedKey> = {}): TrustedKey => ({
  keyId: key.keyId,
  publicKey: key.publicKey,
  validFrom: '2030-01-01T00:00:00Z',
  validUntil: null,
  revokedAt: null,
  ...changes,
});
/** One of these keys is enough. */
const policy = (...keys: TrustedKey[]) => ({ keys, threshold: 1 });
const seal = (value: unknown) => utf8(JSON.stringify(value));
const signed = (key = own) => signStatement(statement, key.privateKeyPem, key.keyId);

test('the encoding is DSSE’s own example', () => {
  const encoded = preAuthEncoding('http://example.com/HelloWorld', utf8('hello world'));
  expect(Buffer.from(encoded).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  expect(Buffer.from(preAuthEncoding('é', utf8('ß'))).toString()).toBe('DSSEv1 2 é 2 ß');
});

test('what was signed is what is read back', async () => {
  const { payload, keyIds } = await verifyEnvelope(seal(await signed()), policy(trust(other), trust(own)), at);
  expect(keyIds).toEqual([own.keyId]);
  expect(parsePublishStatement(payload)).toEqual(statement);
});

test('keys and signatures are those of another implementation', async () => {
  const envelope = await signed();
  const spki = Buffer.from(own.publicKey, 'base64');
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const message = preAuthEncoding(DSSE_PAYLOAD_TYPE, Buffer.from(envelope.payload, 'base64'));
  expect(nodeVerify(null, message, publicKey, Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'))).toBe(true);
  expect(own.keyId).toBe(createHash('sha256').update(spki).digest('hex'));
  const sig = nodeSign(null, message, createPrivateKey(own.privateKeyPem)).toString('base64');
  expect(sig).toBe(envelope.signatures[0]?.sig);
});

describe('an envelope that several keys signed', () => {
  const both = async () => addSignature(await signed(own), other.privateKeyPem, other.keyId);
  const revoked = { revokedAt: '2030-02-01T00:00:00Z' };

  test('tells which of them count', async () => {
    expect((await verifyEnvelope(seal(await both()), policy(trust(own), trust(other)), at)).keyIds).toEqual([
      own.keyId,
      other.keyId,
    ]);
    expect((await verifyEnvelope(seal(await both()), policy(trust(own)), at)).keyIds).toEqual([own.keyId]);
    const keys = policy(trust(own, revoked), trust(other));
    expect((await verifyEnvelope(seal(await both()), keys, at)).keyIds).toEqual([other.keyId]);
  });

  test.each<[string, () => TrustedKey[], number, string]>([
    ['both of two', () => [trust(own), trust(other)], 2, 'none'],
    ['two of three', () => [trust(own), trust(other), trust(third)], 2, 'none'],
    ['three of three', () => [trust(own), trust(other), trust(third)], 3, 'signature_threshold'],
    ['two, one of them revoked', () => [trust(own, revoked), trust(other)], 2, 'signature_threshold'],
    ['two, one of them unknown', () => [trust(own)], 2, 'signature_threshold'],
    ['two, both revoked', () => [trust(own, revoked), trust(other, revoked)], 2, 'signature_key_revoked'],
    ['none', () => [trust(own)], 0, 'internal'],
    ['half a key', () => [trust(own)], 0.5, 'internal'],
  ])('needs %s', async (_what, keys, threshold, code) => {
    expect(await codeOf(verifyEnvelope(seal(await both()), { keys: keys(), threshold }, at))).toBe(code);
  });

  test('counts each key once, however often it signed', async () => {
    const once = await signed(own);
    const twice = { ...once, signatures: [...once.signatures, ...once.signatures] };
    const keys = [trust(own), trust(other)];
    expect((await verifyEnvelope(seal(twice), { keys, threshold: 1 }, at)).keyIds).toEqual([own.keyId]);
    expect(await codeOf(verifyEnvelope(seal(twice), { keys, threshold: 2 }, at))).toBe('signature_threshold');
    expect((await addSignature(once, own.privateKeyPem, own.keyId)).signatures).toEqual(once.signatures);
  });

  test('has eight signatures at most', async () => {
    let envelope = await signed(own);
    const sign = async () => {
      const { privateKeyPem, keyId } = await generateKeyPair();
      envelope = await addSignature(envelope, privateKeyPem, keyId);
    };
    for (let more = 0; more < 7; more++) await sign();
    expect(await codeOf(sign())).toBe('signature_malformed');
    expect(await codeOf(verifyEnvelope(seal(envelope), policy(trust(own)), at))).toBe('none');
  });
});

describe('an envelope is refused:', () => {
  type Envelope = Awaited<ReturnType<typeof signed>>;
  const flipped = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    bytes[5] = (bytes[5] ?? 0) ^ 1;
    return bytes.toString('base64');
  };
  const cases: [string, (envelope: Envelope) => Uint8Array | Promise<Uint8Array>, string][] = [
    ['no bytes', () => new Uint8Array(0), 'signature_missing'],
    ['no signatures', (e) => seal({ ...e, signatures: [] }), 'signature_missing'],
    ['signatures left out', ({ payload, payloadType }) => seal({ payload, payloadType }), 'signature_missing'],
    ['not JSON', () => utf8('untrusted comment: minisign'), 'signature_malformed'],
    ['not UTF-8', () => Uint8Array.of(0xff, 0xfe), 'signature_malformed'],
    ['an array', () => utf8('[]'), 'signature_malformed'],
    ['nested deep', () => utf8('['.repeat(100_000) + ']'.repeat(100_000)), 'signature_malformed'],
    ['too large', (e) => utf8(`${JSON.stringify(e)}${' '.repeat(4_100_000)}`), 'signature_malformed'],
    ['an unknown key', (e) => seal({ ...e, extra: 1 }), 'signature_malformed'],
    ['a property twice', (e) => utf8(JSON.stringify(e).replace('{', '{"payload":"e30=",')), 'signature_malformed'],
    ['__proto__', (e) => utf8(JSON.stringify(e).replace('{', '{"__proto__":{},')), 'signature_malformed'],
    ['another payload type', (e) => seal({ ...e, payloadType: 'text/plain' }), 'signature_malformed'],
    ['base64url', (e) => seal({ ...e, payload: `${e.payload.slice(0, -4)}-_==` }), 'signature_malformed'],
    ['base64 without its padding', (e) => seal({ ...e, payload: 'QQ' }), 'signature_malformed'],
    ['base64 with stray bits', (e) => seal({ ...e, payload: 'QR==' }), 'signature_malformed'],
    ['base64 with a line feed', (e) => seal({ ...e, payload: `QQ==\n` }), 'signature_malformed'],
    ['nine signatures', (e) => seal({ ...e, signatures: Array(9).fill(e.signatures[0]) }), 'signature_malformed'],
    ['a flipped payload', (e) => seal({ ...e, payload: flipped(e.payload) }), 'signature_invalid'],
    [
      'a flipped signature',
      (e) => seal({ ...e, signatures: e.signatures.map((s) => ({ ...s, sig: flipped(s.sig) })) }),
      'signature_invalid',
    ],
    [
      'an empty signature',
      (e) => seal({ ...e, signatures: e.signatures.map((s) => ({ ...s, sig: '' })) }),
      'signature_invalid',
    ],
    [
      'a signature over the bare payload',
      (e) => {
        const sig = nodeSign(null, Buffer.from(e.payload, 'base64'), createPrivateKey(own.privateKeyPem)).toString(
          'base64',
        );
        return seal({ ...e, signatures: [{ keyid: own.keyId, sig }] });
      },
      'signature_invalid',
    ],
    [
      'another’s signature under this key’s id',
      async (e) => seal({ ...e, signatures: [{ keyid: own.keyId, sig: (await signed(other)).signatures[0]?.sig }] }),
      'signature_invalid',
    ],
    [
      'a good signature and a bad one',
      (e) => seal({ ...e, signatures: [...e.signatures, { keyid: own.keyId, sig: 'AAAA' }] }),
      'signature_invalid',
    ],
    [
      'a bad signature and a good one',
      (e) => seal({ ...e, signatures: [{ keyid: own.keyId, sig: 'AAAA' }, ...e.signatures] }),
      'signature_invalid',
    ],
  ];
  test.each(cases)('%s', async (_what, change, code) => {
    expect(await codeOf(verifyEnvelope(await change(await signed()), policy(trust(own)), at))).toBe(code);
  });
});

describe('a key is refused:', () => {
  const cases: [string, () => TrustedKey[], string][] = [
    ['unknown', () => [trust(other)], 'signature_key_unknown'],
    ['no keys at all', () => [], 'signature_key_unknown'],
    ['not valid yet', () => [trust(own, { validFrom: '2030-06-01T00:00:00.001Z' })], 'signature_key_expired'],
    ['expired', () => [trust(own, { validUntil: '2030-06-01T00:00:00Z' })], 'signature_key_expired'],
    ['a date that can’t be read', () => [trust(own, { validUntil: 'soon' })], 'signature_key_expired'],
    ['revoked', () => [trust(own, { revokedAt: '2030-06-01T00:00:00Z' })], 'signature_key_revoked'],
    ['revoked before it was valid', () => [trust(own, { revokedAt: '2029-01-01T00:00:00Z' })], 'signature_key_revoked'],
    ['revoked at a time that can’t be read', () => [trust(own, { revokedAt: '?' })], 'signature_key_revoked'],
    ['another key under this id', () => [trust(own, { publicKey: other.publicKey })], 'internal'],
  ];
  test.each(cases)('%s', async (_what, keys, code) => {
    expect(await codeOf(verifyEnvelope(seal(await signed()), policy(...keys()), at))).toBe(code);
  });

  test('a revocation that is yet to come', async () => {
    const keys = [trust(own, { revokedAt: '2030-06-01T00:00:01Z', validUntil: '2030-06-01T00:00:01Z' })];
    expect(await codeOf(verifyEnvelope(seal(await signed()), policy(...keys), at))).toBe('none');
  });
});

test('only Ed25519', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (const { privateKey, publicKey } of [rsa, ec, generateKeyPairSync('x25519')]) {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    expect(await codeOf(importPrivateKey(pem))).toBe('signature_algorithm');
    expect(await codeOf(keyIdOf(spki))).toBe('signature_algorithm');
    const keyId = createHash('sha256').update(Buffer.from(spki, 'base64')).digest('hex');
    const envelope = { ...(await signed()), signatures: [{ keyid: keyId, sig: 'AAAA' }] };
    expect(await codeOf(verifyEnvelope(seal(envelope), policy({ ...trust(own), keyId, publicKey: spki }), at))).toBe(
      'signature_algorithm',
    );
  }
  expect(
    await codeOf(importPrivateKey('-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----')),
  ).toBe('signature_algorithm');
  expect(await codeOf(importPrivateKey('hello'))).toBe('signature_algorithm');
  const hmac = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  expect(await codeOf(signStatement(statement, hmac, own.keyId))).toBe('signature_algorithm');
});

describe('a statement is refused:', () => {
  const file = { path: 'a', mode: 0o644, size: 0, sha256 } as const;
  const base = JSON.parse(JSON.stringify(statement)) as { predicate: object; subject: object[] };
  const cases: [string, Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['an unknown key', seal({ ...base, more: 1 })],
    ['another predicate', seal({ ...base, predicateType: 'https://slsa.dev/provenance/v1' })],
    ['a bad version', seal({ ...base, predicate: { ...base.predicate, version: '1.2' } })],
    ['another name in its subject', seal({ ...base, subject: [{ name: 'acme/other@1.2.3', digest: { sha256 } }] })],
    ['two subjects', seal({ ...base, subject: [...base.subject, ...base.subject] })],
    ['no files', seal({ ...base, predicate: { ...base.predicate, files: [] } })],
    ['a file twice', seal({ ...base, predicate: { ...base.predicate, files: [file, file] } })],
    ['files out of order', seal({ ...base, predicate: { ...base.predicate, files: [{ ...file, path: 'b' }, file] } })],
    ['a path upwards', seal({ ...base, predicate: { ...base.predicate, files: [{ ...file, path: '../a' }] } })],
    ['a setuid file', seal({ ...base, predicate: { ...base.predicate, files: [{ ...file, mode: 0o4755 }] } })],
    ['a property twice', utf8(JSON.stringify(base).replace('"predicate":{', '"predicate":{"version":"9.9.9",'))],
    [
      'a property twice by an escape',
      utf8(JSON.stringify(base).replace('"predicate":{', '"predicate":{"versio\\u006e":"9.9.9",')),
    ],
    ['a byte order mark', utf8(`\ufeff${JSON.stringify(base)}`)],
  ];
  test.each(cases)('%s', async (_what, payload) => {
    expect(await codeOf(Promise.resolve().then(() => parsePublishStatement(payload)))).toBe('statement_malformed');
  });
});

test('a verdict says what was checked, and a statement of the other kind is no verdict', () => {
  const facts = {
    plugin: 'acme/tables',
    version: '1.2.3',
    sha256,
    verdict: 'accepted',
    scanners: [{ name: 's', version: '1' }],
    evidence: [{ name: 'findings', sha256: 'b'.repeat(64) }],
    envelopeSha256: sha256,
    verifiedAt: at,
  } as const;
  const verdict = verdictStatement(facts);
  expect(verdict.predicate.verifiedAt).toBe('2030-06-01T00:00:00.000Z');
  expect(parseVerdictStatement(seal(verdict))).toEqual(verdict);
  expect(() => parsePublishStatement(seal(verdict))).toThrow();
  expect(() => parseVerdictStatement(seal(statement))).toThrow();
});

test('signing and checking print no warning', async () => {
  const script = `import { generateKeyPair, importPrivateKey } from '@paddock/bundle';
    await importPrivateKey((await generateKeyPair()).privateKeyPem);`;
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: {},
  });
  expect(stderr).toBe('');
});

test('base64 of large payloads holds', async () => {
  const bytes = new Uint8Array(200_000).map((_, index) => index % 251);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
