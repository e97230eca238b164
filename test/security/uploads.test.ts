import { readdir } from 'node:fs/promises';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DSSE_PAYLOAD_TYPE, STATEMENT_TYPE } from '@paddock/contracts';
import { type GeneratedKey, generateKeyPair, signStatement } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { expectCode } from '../support/errors.js';
import { send, stream } from '../support/http.js';
import { packPlugin, registerKey, signPlugin, type TestPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';
import { END, MULTIPART, multipart, partHead, postUpload, sha256, signBytes, uploadBytes } from '../support/uploads.js';

const MiB = 1024 * 1024;

let stack: TestStack;
let publisher: TestOrganization;
let key: GeneratedKey;
let honest: TestPlugin;
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

/** The artifact store's files of these digests, and what is still on its way. */
async function stored(...digests: string[]): Promise<string[]> {
  const files = await readdir(stack.artifactsFolder, { recursive: true });
  return files.filter((file) => digests.includes(file.replace(/^sha256\//, '').replaceAll('/', '')));
}

const refusals = async (organization: TestOrganization): Promise<unknown[]> => {
  const query = { event: 'version.upload_refused' as const, limit: 200 };
  const { items } = await unwrap(organization.client.GET('/v1/audit/events', { params: { query } }));
  return items.map((event) => event.data['code']);
};

/** One envelope changed in a way that keeps it JSON. */
const changed = (change: (envelope: { payload: string; signatures: { keyid: string; sig: string }[] }) => unknown) => {
  const envelope = JSON.parse(signature);
  return JSON.stringify(change(envelope) ?? envelope);
};

/** An envelope by the registered key over any statement. */
async function signedStatement(statement: unknown): Promise<string> {
  const { createPrivateKey, sign } = await import('node:crypto');
  const payload = Buffer.from(typeof statement === 'string' ? statement : JSON.stringify(statement));
  const encoded = Buffer.concat([
    Buffer.from(`DSSEv1 ${DSSE_PAYLOAD_TYPE.length} ${DSSE_PAYLOAD_TYPE} ${payload.length} `),
    payload,
  ]);
  const sig = sign(null, encoded, createPrivateKey(key.privateKeyPem)).toString('base64');
  return JSON.stringify({
    payloadType: DSSE_PAYLOAD_TYPE,
    payload: payload.toString('base64'),
    signatures: [{ keyid: key.keyId, sig }],
  });
}

const statement = (change: object = {}) => ({
  _type: STATEMENT_TYPE,
  subject: [{ name: `${honest.plugin}@1.0.0`, digest: { sha256: honest.packed.sha256 } }],
  predicateType: 'https://paddock.dev/attestations/publish/v1',
  predicate: { plugin: honest.plugin, version: '1.0.0', files: honest.packed.files },
  ...change,
});

type Body = () => Promise<{ body: Uint8Array | string; headers?: Record<string, string> }>;
const parts =
  (...names: ('signature' | 'bundle')[]): Body =>
  async () => ({ body: multipart(names.map((name) => ({ name, data: name === 'signature' ? signature : bundle }))) });
/** An upload whose envelope is another one. */
const signedBy =
  (envelope: () => string | Promise<string>): Body =>
  async () => ({
    body: multipart([
      { name: 'signature', data: await envelope() },
      { name: 'bundle', data: bundle },
    ]),
  });

const refused: [what: string, status: number, code: string, body: Body][] = [
  // the form
  ['not multipart', 415, 'unsupported_media_type', async () => ({ body: bundle, headers: { 'Content-Type': 'application/gzip' } })],
  ['JSON', 415, 'unsupported_media_type', async () => ({ body: signature, headers: { 'Content-Type': 'application/json' } })],
  ['multipart without a boundary', 400, 'malformed_body', async () => ({ body: multipart([]), headers: { 'Content-Type': 'multipart/form-data' } })],
  ['noise', 400, 'malformed_body', async () => ({ body: randomBytes(2000) })],
  ['an empty body', 400, 'malformed_body', async () => ({ body: '' })],
  ['no parts', 422, 'signature_missing', async () => ({ body: `--x--\r\n`, headers: { 'Content-Type': 'multipart/form-data; boundary=x' } })],
  ['a field in place of a file', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'signature', data: signature, filename: null }]) })],
  ['a part of another name', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'manifest', data: '{}' }]) })],
  ['the bundle first', 422, 'signature_missing', parts('bundle', 'signature')],
  ['the bundle alone', 422, 'signature_missing', parts('bundle')],
  ['the signature alone', 422, 'bundle_empty', parts('signature')],
  ['the signature twice', 400, 'malformed_body', parts('signature', 'signature', 'bundle')],
  ['the bundle twice', 400, 'malformed_body', parts('signature', 'bundle', 'bundle')],
  ['a third file', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: bundle }, { name: 'more', data: 'x' }]) })],
  ['a field after the files', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: bundle }, { name: 'tenantId', data: 'x', filename: null }]) })],
  ['no closing boundary', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: bundle }]).subarray(0, -END.length) })],
  ['half a bundle and no end', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: bundle }]).subarray(0, -bundle.length / 2) })],
  ['half a signature and no end', 400, 'malformed_body', async () => ({ body: multipart([{ name: 'signature', data: signature }]).subarray(0, -signature.length / 2) })],
  // the envelope
  ['an empty signature', 422, 'signature_missing', signedBy(() => '')],
  ['no signatures in the envelope', 422, 'signature_missing', signedBy(() => changed((envelope) => ({ ...envelope, signatures: [] })))],
  ['an envelope without its list of signatures', 422, 'signature_missing', signedBy(() => changed(({ payload }) => ({ payload, payloadType: DSSE_PAYLOAD_TYPE })))],
  ['no JSON', 422, 'signature_malformed', signedBy(() => 'signed, honestly')],
  ['one key twice in the JSON', 422, 'signature_malformed', signedBy(() => signature.replace('{', '{"payload":"",'))],
  ['another payload type', 422, 'signature_malformed', signedBy(() => changed((envelope) => ({ ...envelope, payloadType: 'text/plain' })))],
  ['an unknown key in the envelope', 422, 'signature_malformed', signedBy(() => changed((envelope) => ({ ...envelope, tenantId: publisher.id })))],
  ['a polluting key in the envelope', 422, 'signature_malformed', signedBy(() => signature.replace('{', '{"__proto__":{"payloadType":"x"},'))],
  ['an envelope of 5 MB', 422, 'signature_malformed', signedBy(() => ' '.repeat(5_000_000))],
  ['nine signatures', 422, 'signature_malformed', signedBy(() => changed((envelope) => ({ ...envelope, signatures: Array.from({ length: 9 }, () => envelope.signatures[0]) })))],
  // who signed
  ['a key that nobody registered', 422, 'signature_key_unknown', signedBy(async () => signPlugin(honest, { key: await generateKeyPair() }))],
  ['another publisher’s key', 422, 'signature_key_unknown', signedBy(async () => signPlugin(honest, { key: await registerKey(await stack.createOrganization('other')) }))],
  ['another’s signature under our key’s id', 422, 'signature_invalid', signedBy(async () => signPlugin(honest, { key: { ...(await generateKeyPair()), keyId: key.keyId } }))],
  ['a revoked key', 422, 'signature_key_revoked', signedBy(async () => {
    const revoked = await registerKey(publisher, 'revoked');
    await unwrap(publisher.client.DELETE('/v1/signing-keys/{keyId}', { params: { path: { keyId: revoked.keyId } } }));
    return signPlugin(honest, { key: revoked });
  })],
  ['an expired key', 422, 'signature_key_expired', signedBy(async () => {
    const expired = await generateKeyPair();
    const body = { name: 'expired', publicKey: expired.publicKey, validUntil: new Date(Date.now() - 1000).toISOString() };
    await unwrap(publisher.client.POST('/v1/signing-keys', { body }));
    return signPlugin(honest, { key: expired });
  })],
  ['a good signature beside one that does not hold', 422, 'signature_invalid', signedBy(() => changed((envelope) => {
    const [good] = envelope.signatures;
    return { ...envelope, signatures: [good, { keyid: good?.keyid, sig: randomBytes(64).toString('base64') }] };
  }))],
  // what was signed
  ['a flipped byte in the payload', 422, 'signature_invalid', signedBy(() => changed((envelope) => {
    const payload = Buffer.from(envelope.payload, 'base64');
    payload[10] = (payload[10] ?? 0) ^ 1;
    return { ...envelope, payload: payload.toString('base64') };
  }))],
  ['a statement of another kind', 422, 'statement_malformed', signedBy(() => signedStatement(statement({ predicateType: 'https://example.com/other' })))],
  ['a statement that is no JSON', 422, 'statement_malformed', signedBy(() => signedStatement('trust me'))],
  ['a statement with an unknown key', 422, 'statement_malformed', signedBy(() => signedStatement(statement({ organizationId: publisher.id })))],
  ['a polluting statement', 422, 'statement_malformed', signedBy(() => signedStatement(JSON.stringify(statement()).replace('{', '{"__proto__":{"a":1},')))],
  ['a statement whose subject is another version', 422, 'statement_malformed', signedBy(() => signedStatement(statement({ predicate: { ...statement().predicate, version: '9.0.0' } })))],
  ['a version that is no semver', 422, 'statement_malformed', signedBy(() => signedStatement(statement({ predicate: { ...statement().predicate, version: '1.0' } })))],
  ['a statement without files', 422, 'statement_malformed', signedBy(() => signedStatement(statement({ predicate: { ...statement().predicate, files: [] } })))],
  ['a file outside the bundle in the statement', 422, 'statement_malformed', signedBy(() => signedStatement(statement({ predicate: { ...statement().predicate, files: [{ path: '../evil', mode: 0o644, size: 1, sha256: sha256('x') }] } })))],
  ['another publisher’s plugin', 422, 'statement_name_mismatch', signedBy(async () => signPlugin(await packPlugin('paddock', { name: 'honest' }), { key }))],
  ['another bundle under a good signature', 422, 'statement_digest_mismatch', async () => ({ body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: (await packPlugin(publisher.slug, { name: 'honest', files: { 'more.txt': 'x' } })).packed.bytes }]) })],
  ['a flipped byte in the bundle', 422, 'statement_digest_mismatch', async () => {
    const flipped = Uint8Array.from(bundle);
    flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
    return { body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: flipped }]) };
  }],
  ['no bytes under a good signature', 422, 'statement_digest_mismatch', async () => ({ body: multipart([{ name: 'signature', data: signature }, { name: 'bundle', data: '' }]) })],
];

describe('an upload that is refused at once', () => {
  it.each(refused)('%s → %i %s', async (_what, status, code, body) => {
    const { body: bytes, headers } = await body();
    const before = await refusals(publisher);
    const answer = await postUpload(stack, publisher, bytes, headers);
    expect(answer).toMatchObject({ status, code });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await refusals(publisher)).toEqual([code, ...before]);
    expect(await stored(honest.packed.sha256, sha256(bytes), sha256(''))).toEqual([]);
    expect(await rows(stack, 'SELECT id FROM versions WHERE organization_id = $1', [publisher.id])).toEqual([]);
  });
});
