/** Whose signatures it takes, from when to when they count, and what becomes of what a lost key has signed. */
import { addSignature, type GeneratedKey, generateKeyPair, readEnvelope } from '@paddock/bundle';
import { followVersion, unwrap, uploadVersion, type Version } from '@paddock/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { send } from '../support/http.js';
import { callTool, packPlugin, registerKey, signPlugin, type TestPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';
import { multipart, postUpload } from '../support/uploads.js';

let stack: TestStack;
let publisher: TestOrganization;
let first: GeneratedKey;
let second: GeneratedKey;

beforeEach(async () => {
  stack = await testStack();
  publisher = await stack.createOrganization('signer');
  [first, second] = await Promise.all([registerKey(publisher, 'first'), registerKey(publisher, 'second')]);
});

const signedBy = async (made: TestPlugin, key: GeneratedKey, ...more: GeneratedKey[]) => {
  let envelope = readEnvelope(new TextEncoder().encode(await signPlugin(made, { key })));
  for (const { privateKeyPem, keyId } of more) envelope = await addSignature(envelope, privateKeyPem, keyId);
  return envelope;
};

/** Uploads, and expects to be refused with the code that comes back. */
const refusal = async (made: TestPlugin, envelope: unknown) =>
  (
    await postUpload(
      stack,
      publisher,
      multipart([
        { name: 'signature', data: JSON.stringify(envelope) },
        { name: 'bundle', data: made.packed.bytes },
      ]),
    )
  ).code;

/** Uploads and publishes, under these keys. */
async function published(name: string, ...keys: [GeneratedKey, ...GeneratedKey[]]): Promise<Version> {
  const made = await packPlugin(publisher.slug, { name });
  const { id } = await uploadVersion(
    { url: stack.apiUrl, apiKey: publisher.apiKey },
    {
      signature: JSON.stringify(await signedBy(made, ...keys)),
      bundle: new Blob([made.packed.bytes as Uint8Array<ArrayBuffer>]),
    },
  );
  const { state, sha256 } = await followVersion(publisher.client, id);
  expect(state).toBe('accepted');
  return unwrap(publisher.client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: { sha256 } }));
}

/** An install whose every run gets a sandbox of its own, for which all signatures are checked anew. */
const installed = async ({ plugin }: Version) => {
  const tenant = await stack.createOrganization('tenant');
  const install = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin, isolation: 'run' } }));
  return { run: () => callTool(tenant, install.id, 'echo', { a: 1 }) };
};

const stateOf = async ({ id }: Version) =>
  (await unwrap(publisher.client.GET('/v1/versions/{id}', { params: { path: { id } } }))).state;

const revoke = (key: GeneratedKey, since?: Date) =>
  publisher.client.POST('/v1/signing-keys/{keyId}/revoke', {
    params: { path: { keyId: key.keyId } },
    body: { reason: 'a test', ...(since === undefined ? {} : { since: since.toISOString() }) },
  });

const require = (signatureThreshold: number) =>
  send(stack, '/v1/organization', { method: 'PATCH', key: publisher.apiKey, body: { signatureThreshold } });

describe('an organization that requires two of its keys', () => {
  it('takes no version that fewer of them signed, and runs what both did', async () => {
    expect((await require(2)).json).toMatchObject({ signatureThreshold: 2 });
    const made = await packPlugin(publisher.slug, { name: 'threshold' });
    const once = await signedBy(made, first);
    const twice = { ...once, signatures: [...once.signatures, ...once.signatures] };
    const stranger = await generateKeyPair();
    expect(await refusal(made, once)).toBe('signature_threshold');
    expect(await refusal(made, twice)).toBe('signature_threshold');
    expect(await refusal(made, await signedBy(made, first, stranger))).toBe('signature_threshold');
    const version = await published('threshold', first, second);
    expect(version.signers).toEqual([first, second].map(({ keyId }) => ({ type: 'key', keyId })));
    expect((await (await installed(version)).run()).state).toBe('succeeded');
  });

  it('can’t require more keys than are valid, nor none, and what it requires is audited', async () => {
    expect(await require(0)).toMatchObject({ status: 422, code: 'invalid_request' });
    expect(await require(1.5)).toMatchObject({ status: 422, code: 'invalid_request' });
    expect(await require(3)).toMatchObject({ status: 409, code: 'threshold_exceeds_keys' });
    await unwrap(revoke(second));
    expect(await require(2)).toMatchObject({ status: 409, code: 'threshold_exceeds_keys' });
    const later = await generateKeyPair();
    const validFrom = new Date(Date.now() + 3_600_000).toISOString();
    const body = { name: 'later', publicKey: later.publicKey, validFrom };
    await unwrap(publisher.client.POST('/v1/signing-keys', { body }));
    expect(await require(2)).toMatchObject({ status: 409, code: 'threshold_exceeds_keys' });
    await registerKey(publisher, 'third');
    expect((await require(2)).status).toBe(200);
    expect((await require(1)).status).toBe(200);
    const query = { event: 'organization.changed' as const };
    const { items } = await unwrap(publisher.client.GET('/v1/audit/events', { params: { query } }));
    expect(items.map(({ data }) => data)).toEqual([
      { signatureThreshold: 1, before: 2 },
      { signatureThreshold: 2, before: 1 },
    ]);
  });

  it('keeps what was taken before, when fewer were enough', async () => {
    const version = await published('before', first);
    await require(2);
    expect((await (await installed(version)).run()).state).toBe('succeeded');
  });
});

describe('a key', () => {
  it('does not count before its time', async () => {
    const later = await generateKeyPair();
    const validFrom = new Date(Date.now() + 3_600_000).toISOString();
    const body = { name: 'later', publicKey: later.publicKey, validFrom };
    expect(await unwrap(publisher.client.POST('/v1/signing-keys', { body }))).toMatchObject({ validFrom });
    const made = await packPlugin(publisher.slug, { name: 'early' });
    expect(await refusal(made, await signedBy(made, later))).toBe('signature_key_expired');
  });

  it('is replaced by another beside it: what it signed stays, what it signs then is refused', async () => {
    const version = await published('rotated', first);
    const { run } = await installed(version);
    const revoked = await unwrap(revoke(first));
    expect(revoked).toMatchObject({ revocationReason: 'a test', withdrawnVersions: [] });
    expect((await run()).state).toBe('succeeded');
    const made = await packPlugin(publisher.slug, { name: 'rotated', version: '1.0.1' });
    expect(await refusal(made, await signedBy(made, first))).toBe('signature_key_revoked');
    expect((await published('after', second)).signers).toEqual([{ type: 'key', keyId: second.keyId }]);
  });

  it('that was stolen takes along what the registry saw since then, and nothing that it saw before', async () => {
    const before = await published('old', first);
    const since = new Date();
    const [after, both] = [await published('new', first), await published('both', first, second)];
    const waiting = await packPlugin(publisher.slug, { name: 'held' });
    const [oldRuns, newRuns] = [await installed(before), await installed(after)];
    expect((await newRuns.run()).state).toBe('succeeded');
    const { withdrawnVersions } = await unwrap(revoke(first, since));
    expect(withdrawnVersions).toEqual([after.id]);
    expect(await Promise.all([before, after, both].map(stateOf))).toEqual(['published', 'revoked', 'published']);
    await expect(newRuns.run()).rejects.toMatchObject({ code: 'version_not_published' });
    expect((await oldRuns.run()).state).toBe('succeeded');
    expect(await refusal(waiting, await signedBy(waiting, first))).toBe('signature_key_revoked');
    const query = { event: 'signing_key.revoked' as const };
    const { items } = await unwrap(publisher.client.GET('/v1/audit/events', { params: { query } }));
    expect(items.map(({ data }) => data)).toEqual([
      { reason: 'a test', since: since.toISOString(), withdrawnVersions: [after.id] },
    ]);
  });

  it('stays revoked: a second time can only reach further back', async () => {
    const version = await published('further', first);
    const since = Date.parse(version.createdAt);
    expect((await unwrap(revoke(first))).withdrawnVersions).toEqual([]);
    const { revokedAt } = await unwrap(revoke(first, new Date(since + 1)));
    expect(await unwrap(revoke(first))).toMatchObject({ revokedAt, withdrawnVersions: [] });
    expect(await stateOf(version)).toBe('published');
    expect((await unwrap(revoke(first, new Date(since)))).withdrawnVersions).toEqual([version.id]);
    expect(await stateOf(version)).toBe('revoked');
    const { error } = await revoke(second, new Date(Date.now() + 60_000));
    expect(error?.code).toBe('invalid_request');
  });

  it('is looked at by each executor too, whatever state the version is in', async () => {
    const version = await published('executor', first);
    const { run } = await installed(version);
    expect((await run()).state).toBe('succeeded');
    // What a database would say whose versions were put back by hand.
    await rows(stack, 'UPDATE signing_keys SET revoked_at = $2 WHERE key_id = $1', [first.keyId, version.createdAt]);
    // A sandbox that was made before may take one run more, for some seconds.
    const poll = { timeout: 60_000, interval: 500 };
    await expect.poll(async () => (await run()).error?.code, poll).toBe('signature_key_revoked');
    expect(await run()).toMatchObject({ state: 'refused', usage: null });
  });

  it('counts for nothing at a threshold that it was needed for', async () => {
    await require(2);
    const version = await published('two', first, second);
    const { run } = await installed(version);
    const { withdrawnVersions } = await unwrap(revoke(first, new Date(version.createdAt)));
    expect(withdrawnVersions).toEqual([version.id]);
    await expect(run()).rejects.toMatchObject({ code: 'version_not_published' });
  });
});
