import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type GeneratedKey, generateKeyPair } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import { type ErrorCode, PUBLISH_PREDICATE, STATEMENT_TYPE } from '@paddock/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { slsaStatement } from '../../packages/bundle/src/provenance.testing.js';
import { rows } from '../support/database.js';
import { send } from '../support/http.js';
import { packPlugin, registerKey, signPlugin, type TestPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';
import {
  auditedRefusals,
  END,
  multipart,
  type Part,
  postUpload,
  sha256,
  signPayload,
  storedArtifacts,
} from '../support/uploads.js';

let stack: TestStack;
let publisher: TestOrganization;
let key: GeneratedKey;
let honest: TestPlugin;
/** The honest plugin's. */
let signature: string;
let bundle: Uint8Array;

beforeAll(async () => {
  stack = await testStack();
  publisher = await stack.createOrganization('publisher');
  key = await registerKey(publisher);
  honest = await packPlugin(publisher.slug, { name: 'honest' });
  signature = await signPlugin(honest, { key });
  bundle = honest.packed.bytes;
});

interface Upload {
  body: Uint8Array | string;
  type?: string;
}
type Case = [what: string, upload: () => Upload | Promise<Upload>];

const S = (): Part => ({ name: 'signature', data: signature });
const B = (): Part => ({ name: 'bundle', data: bundle });
/** Between the two: a provenance by our key, or any bytes at all. */
const P = (data: string = stated()): Part => ({ name: 'provenance', data });
const stated = (digest = honest.packed.sha256, by = key): string =>
  signPayload(by, JSON.stringify(slsaStatement(digest)));
const beside = (data: string): Upload => ({ body: multipart([S(), P(data), B()]) });
const field = (name: string): Part => ({ name, data: 'x', filename: null });
/** A body that ends this many bytes early. */
const cut = (parts: Part[], bytes: number): Upload => ({ body: multipart(parts).subarray(0, -bytes) });
/** The honest bundle under another envelope. */
const under = (envelope: string): Upload => ({ body: multipart([{ ...S(), data: envelope }, B()]) });

interface Envelope {
  payload: string;
  signatures: { keyid: string; sig: string }[];
}
const withEnvelope = (change: (envelope: Envelope) => object): Upload =>
  under(JSON.stringify({ ...JSON.parse(signature), ...change(JSON.parse(signature)) }));
const withStatement = (change: object, inPredicate: object = {}): Upload =>
  under(signPayload(key, JSON.stringify({ ...statement(), ...change, ...predicate(inPredicate) })));
const predicate = (change: object) => ({
  predicate: { plugin: honest.plugin, version: '1.0.0', files: honest.packed.files, ...change },
});
const statement = () => ({
  _type: STATEMENT_TYPE,
  subject: [{ name: `${honest.plugin}@1.0.0`, digest: { sha256: honest.packed.sha256 } }],
  predicateType: PUBLISH_PREDICATE,
});
const flipped = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1;
  return copy;
};

const refused: [code: ErrorCode, status: number, cases: Case[]][] = [
  [
    'unsupported_media_type',
    415,
    [
      ['a bare bundle', () => ({ body: bundle, type: 'application/gzip' })],
      ['JSON', () => ({ body: signature, type: 'application/json' })],
    ],
  ],
  [
    'malformed_body',
    400,
    [
      ['multipart without a boundary', () => ({ body: multipart([S(), B()]), type: 'multipart/form-data' })],
      ['noise', () => ({ body: randomBytes(2000) })],
      ['no body', () => ({ body: '' })],
      ['a field in place of a file', () => ({ body: multipart([{ ...S(), filename: null }, B()]) })],
      ['a part of another name', () => ({ body: multipart([{ name: 'manifest', data: '{}' }]) })],
      ['the signature twice', () => ({ body: multipart([S(), S(), B()]) })],
      ['the bundle twice', () => ({ body: multipart([S(), B(), B()]) })],
      ['a third file', () => ({ body: multipart([S(), B(), { name: 'more', data: 'x' }]) })],
      ['the provenance twice', () => ({ body: multipart([S(), P(), P(), B()]) })],
      ['a provenance behind the bundle', () => ({ body: multipart([S(), B(), P()]) })],
      ['half a provenance', () => cut([S(), P()], 200)],
      ['a part more between the three', () => ({ body: multipart([S(), P(), { name: 'more', data: 'x' }, B()]) })],
      ['a field before the files', () => ({ body: multipart([field('tenantId'), S(), B()]) })],
      ['a field after the files', () => ({ body: multipart([S(), B(), field('tenantId')]) })],
      ['no closing boundary', () => cut([S(), B()], END.length)],
      ['half a bundle', () => cut([S(), B()], bundle.length / 2)],
      ['a bundle that ends with its head', () => cut([S(), B()], bundle.length + END.length)],
      ['half a signature', () => cut([S()], signature.length / 2)],
    ],
  ],
  [
    'signature_missing',
    422,
    [
      ['no parts', () => ({ body: '--x--\r\n', type: 'multipart/form-data; boundary=x' })],
      ['the bundle first', () => ({ body: multipart([B(), S()]) })],
      ['the bundle alone', () => ({ body: multipart([B()]) })],
      ['the provenance first', () => ({ body: multipart([P(), S(), B()]) })],
      ['an empty signature', () => under('')],
      ['an envelope with no signatures', () => withEnvelope(() => ({ signatures: [] }))],
      ['an envelope without its list of signatures', () => withEnvelope(() => ({ signatures: undefined }))],
    ],
  ],
  [
    'signature_malformed',
    422,
    [
      ['no JSON', () => under('signed, honestly')],
      ['a key twice in one object', () => under(signature.replace('{', '{"payload":"",'))],
      ['a key named __proto__', () => under(signature.replace('{', '{"__proto__":{"payloadType":"x"},'))],
      ['an unknown key', () => withEnvelope(() => ({ tenantId: publisher.id }))],
      ['another payload type', () => withEnvelope(() => ({ payloadType: 'text/plain' }))],
      ['5 MB', () => under(' '.repeat(5_000_000))],
      ['nine signatures', () => withEnvelope(({ signatures: [one] }) => ({ signatures: Array(9).fill(one) }))],
    ],
  ],
  [
    'signature_key_unknown',
    422,
    [
      ['a key that nobody registered', async () => under(await signPlugin(honest, { key: await generateKeyPair() }))],
      [
        'another publisher’s key',
        async () => {
          const theirs = await registerKey(await stack.createOrganization('other'));
          return under(await signPlugin(honest, { key: theirs }));
        },
      ],
    ],
  ],
  [
    'signature_key_revoked',
    422,
    [
      [
        'a key that was revoked',
        async () => {
          const revoked = await registerKey(publisher);
          const params = { path: { keyId: revoked.keyId } };
          const body = { reason: 'lost' };
          await unwrap(publisher.client.POST('/v1/signing-keys/{keyId}/revoke', { params, body }));
          return under(await signPlugin(honest, { key: revoked }));
        },
      ],
    ],
  ],
  [
    'signature_key_expired',
    422,
    [
      [
        'a key that has run out',
        async () => {
          const old = await generateKeyPair();
          const validUntil = new Date(Date.now() - 1000).toISOString();
          const body = { name: 'old', publicKey: old.publicKey, validUntil };
          await unwrap(publisher.client.POST('/v1/signing-keys', { body }));
          return under(await signPlugin(honest, { key: old }));
        },
      ],
    ],
  ],
  [
    'signature_invalid',
    422,
    [
      [
        'another key’s signature under ours',
        async () => under(await signPlugin(honest, { key: { ...(await generateKeyPair()), keyId: key.keyId } })),
      ],
      [
        'a good signature beside one that does not hold',
        () =>
          withEnvelope(({ signatures }) => ({
            signatures: [...signatures, { keyid: key.keyId, sig: randomBytes(64).toString('base64') }],
          })),
      ],
      [
        'a flipped bit in what was signed',
        () =>
          withEnvelope(({ payload }) => ({
            payload: Buffer.from(flipped(Buffer.from(payload, 'base64'))).toString('base64'),
          })),
      ],
    ],
  ],
  [
    'statement_malformed',
    422,
    [
      ['a statement that is no JSON', () => under(signPayload(key, 'trust me'))],
      ['a statement of another kind', () => withStatement({ predicateType: 'https://example.com/other' })],
      ['an unknown key in the statement', () => withStatement({ organizationId: publisher.id })],
      ['an unknown key in its predicate', () => withStatement({}, { state: 'published' })],
      [
        'a key named __proto__ in the statement',
        () => under(signPayload(key, JSON.stringify(statement()).replace('{', '{"__proto__":{"a":1},'))),
      ],
      ['a subject of another version', () => withStatement({}, { version: '9.0.0' })],
      ['a version that is no semver', () => withStatement({}, { version: '1.0' })],
      ['no files', () => withStatement({}, { files: [] })],
      [
        'a file outside the bundle',
        () => withStatement({}, { files: [{ path: '../evil', mode: 0o644, size: 1, sha256: sha256('x') }] }),
      ],
    ],
  ],
  [
    'statement_name_mismatch',
    422,
    [
      [
        'another publisher’s plugin, signed with our key',
        async () => under(await signPlugin(await packPlugin(stack.admin.slug, { name: 'honest' }), { key })),
      ],
    ],
  ],
  [
    'statement_digest_mismatch',
    422,
    [
      ['a flipped bit in the bundle', () => ({ body: multipart([S(), { ...B(), data: flipped(bundle) }]) })],
      ['no bytes in the bundle', () => ({ body: multipart([S(), { ...B(), data: '' }]) })],
      [
        'another bundle of ours',
        async () => {
          const other = await packPlugin(publisher.slug, { name: 'honest', files: { 'more.txt': 'x' } });
          return { body: multipart([S(), { ...B(), data: other.packed.bytes }]) };
        },
      ],
    ],
  ],
  [
    'provenance_malformed',
    422,
    [
      ['an empty provenance', () => beside('')],
      ['a provenance that is no JSON', () => beside('built at home')],
      ['a provenance that nobody signed', () => beside(JSON.stringify(slsaStatement(honest.packed.sha256)))],
      ['a megabyte of provenance', () => beside(' '.repeat(1_000_000))],
      [
        'a Sigstore bundle by its media type alone',
        () => beside('{"mediaType":"application/vnd.dev.sigstore.bundle"}'),
      ],
      ['a signed statement that is no JSON', () => beside(signPayload(key, 'built at home'))],
      ['the signature of the version in its place', () => beside(signature)],
      [
        'a key named __proto__ in a provenance',
        () =>
          beside(
            signPayload(key, JSON.stringify(slsaStatement(honest.packed.sha256)).replace('{', '{"__proto__":{},')),
          ),
      ],
      [
        'a NUL in a provenance',
        () => beside(signPayload(key, JSON.stringify({ ...slsaStatement(honest.packed.sha256), 'a\u0000': 1 }))),
      ],
      [
        'a builder’s id that is a list',
        () => {
          const made = slsaStatement(honest.packed.sha256);
          const runDetails = { builder: { id: ['https://builder.test'] } };
          return beside(signPayload(key, JSON.stringify({ ...made, predicate: { ...made.predicate, runDetails } })));
        },
      ],
    ],
  ],
  [
    'provenance_signature_invalid',
    422,
    [
      ['a provenance by nobody’s key', async () => beside(stated(undefined, await generateKeyPair()))],
      [
        'a provenance by another key under our key’s name',
        async () => beside(stated(undefined, { ...(await generateKeyPair()), keyId: key.keyId })),
      ],
    ],
  ],
  ['provenance_digest_mismatch', 422, [['a provenance of other bytes', () => beside(stated('0'.repeat(64)))]]],
  [
    'bundle_empty',
    422,
    [
      ['signature and provenance alone', () => ({ body: multipart([S(), P()]) })],
      ['the signature alone', () => ({ body: multipart([S()]) })],
    ],
  ],
];

describe.each(refused)('an upload is refused at once with %s (%i)', (code, status, cases) => {
  it.each(cases)('%s', async (_what, upload) => {
    const { body, type } = await upload();
    const before = await auditedRefusals(publisher);
    const answer = await postUpload(stack, publisher, body, type);
    expect(answer).toMatchObject({ status, code });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await auditedRefusals(publisher)).toEqual([code, ...before]);
    expect(await storedArtifacts(stack, honest.packed.sha256, sha256(flipped(bundle)), sha256(''))).toEqual([]);
    expect(await rows(stack, 'SELECT id FROM versions WHERE organization_id = $1', [publisher.id])).toEqual([]);
  });
});

it('a key of another algorithm can’t be registered', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = { name: 'ecdsa', publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') };
  const { error, response } = await publisher.client.POST('/v1/signing-keys', { body });
  expect(response.status).toBe(422);
  expect(error?.code).toBe('signature_algorithm');
});

it('a key that signs twice counts once', async () => {
  const organization = await stack.createOrganization('publisher');
  const first = await registerKey(organization, 'first');
  await registerKey(organization, 'second');
  const required = { signatureThreshold: 2 };
  await send(stack, '/v1/organization', { method: 'PATCH', key: organization.apiKey, body: required });
  const made = await packPlugin(organization.slug, { name: 'twice' });
  const envelope = JSON.parse(await signPlugin(made, { key: first })) as Envelope;
  const twice = JSON.stringify({ ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] });
  const body = multipart([
    { name: 'signature', data: twice },
    { name: 'bundle', data: made.packed.bytes },
  ]);
  expect(await postUpload(stack, organization, body)).toMatchObject({ status: 422, code: 'signature_threshold' });
});
