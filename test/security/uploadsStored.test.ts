import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneratedKey } from '@paddock/bundle';
import { followVersion, unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { stream } from '../support/http.js';
import { packPlugin, registerKey, signPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';
import {
  auditedRefusals,
  END,
  filesOf,
  MULTIPART,
  multipart,
  partHead,
  postUpload,
  sha256,
  signPayload,
  storedArtifacts,
  uploadBytes,
} from '../support/uploads.js';

const MiB = 1024 * 1024;
const LIMIT = 50 * MiB;

let stack: TestStack;
let publisher: TestOrganization;
let key: GeneratedKey;
beforeAll(async () => {
  stack = await testStack();
  publisher = await stack.createOrganization('publisher');
  key = await registerKey(publisher);
});

/** A plugin of ours, made ready to be posted. */
async function prepared(name: string, files: Record<string, string> = {}) {
  const made = await packPlugin(publisher.slug, { name, files });
  const signature = await signPlugin(made, { key });
  const { bytes, sha256: digest } = made.packed;
  const body = multipart([
    { name: 'signature', data: signature },
    { name: 'bundle', data: bytes },
  ]);
  return { ...made, signature, digest, body };
}

const versionsOf = (plugin: string) =>
  rows<{ id: string; state: string }>(
    stack,
    `SELECT v.id, v.state FROM versions v JOIN plugins p ON p.id = v.plugin_id WHERE p.publisher || '/' || p.name = $1`,
    [plugin],
  );

describe('a bundle of more than is taken', () => {
  const chunk = Buffer.alloc(MiB);
  /** The bytes are made as they are asked for: neither side holds them. */
  function* zeros(count: number) {
    for (let left = count; left > 0; left -= MiB) yield chunk.subarray(0, Math.min(left, MiB));
  }
  const digestOf = (count: number) => {
    const hash = createHash('sha256');
    for (const piece of zeros(count)) hash.update(piece);
    return hash.digest('hex');
  };
  const upload = async (size: number, headers: (length: number) => Record<string, string>) => {
    const digest = digestOf(size);
    const plugin = `${publisher.slug}/large`;
    const predicate = { plugin, version: '1.0.0', files: filesOf([{ name: 'plugin.json', data: '{}' }]) };
    const signature = signPayload(
      key,
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ name: `${plugin}@1.0.0`, digest: { sha256: digest } }],
        predicateType: 'https://paddock.dev/attestations/publish/v1',
        predicate,
      }),
    );
    const head = `${partHead({ name: 'signature' })}${signature}\r\n${partHead({ name: 'bundle' })}`;
    const body = Readable.from(
      (function* () {
        yield Buffer.from(head);
        yield* zeros(size);
        yield Buffer.from(END);
      })(),
      { objectMode: false },
    );
    const length = Buffer.byteLength(head) + size + END.length;
    const answer = await stream(stack, '/v1/versions', {
      key: publisher.apiKey,
      headers: { 'Content-Type': MULTIPART, ...headers(length) },
      body,
    });
    return { answer, digest };
  };

  it.each([
    ['by a byte, announced', LIMIT + 1, (length: number) => ({ 'Content-Length': String(length) })],
    ['by a byte, not announced', LIMIT + 1, () => ({ 'Transfer-Encoding': 'chunked' })],
    [
      'by so much that its length alone tells',
      LIMIT + 9 * MiB,
      (length: number) => ({ 'Content-Length': String(length) }),
    ],
  ])('%s is refused and not kept', async (_what, size, headers) => {
    const before = await auditedRefusals(publisher);
    const { answer, digest } = await upload(size, headers);
    expect(answer).toMatchObject({ status: 413, code: 'bundle_too_large' });
    expect(await auditedRefusals(publisher)).toEqual(['bundle_too_large', ...before]);
    expect(await storedArtifacts(stack, digest)).toEqual([]);
    expect(await versionsOf(`${publisher.slug}/large`)).toEqual([]);
  });

  it('of just the limit is taken, and found to be no bundle', async () => {
    const { answer, digest } = await upload(LIMIT, (length) => ({ 'Content-Length': String(length) }));
    expect(answer?.status).toBe(202);
    expect(await storedArtifacts(stack, digest)).toEqual([digest]);
    const version = await followVersion(publisher.client, String(answer?.json['id']));
    expect(version).toMatchObject({ state: 'rejected', findings: [{ rule: 'bundle_not_gzip' }] });
  });
});

describe('an upload that is broken off', () => {
  it.each([
    ['in its signature', 0.1],
    ['in its bundle', 0.9],
  ])('%s leaves nothing', async (_where, share) => {
    const { digest, body, plugin } = await prepared(`broken-${share * 10}`, { 'more.txt': 'x'.repeat(200_000) });
    const before = await auditedRefusals(publisher);
    const gone = Readable.from(
      (async function* () {
        yield body.subarray(0, Math.floor(body.length * share));
        await sleep(100);
        throw new Error('the network is gone');
      })(),
      { objectMode: false },
    );
    const headers = { 'Content-Type': MULTIPART, 'Content-Length': String(body.length) };
    expect(await stream(stack, '/v1/versions', { key: publisher.apiKey, headers, body: gone })).toBeNull();
    await expect.poll(() => auditedRefusals(publisher)).toEqual(['malformed_body', ...before]);
    expect(await storedArtifacts(stack, digest)).toEqual([]);
    expect(await versionsOf(plugin)).toEqual([]);
    // Other tests upload meanwhile; what is broken off stays at no time for long.
    await expect.poll(() => readdir(join(stack.artifactsFolder, 'incoming')), { timeout: 10_000 }).toEqual([]);
  });
});

describe('a version that is there', () => {
  it('comes back for the same bytes, whatever its state, and is not verified again', async () => {
    const { body, plugin } = await prepared('same');
    const first = await postUpload(stack, publisher, body);
    expect(first).toMatchObject({ status: 202, json: { state: 'verifying', plugin } });
    const id = String(first.json['id']);
    expect(first.headers.get('location')).toBe(`/v1/versions/${id}`);
    await followVersion(publisher.client, id);
    const again = await postUpload(stack, publisher, body);
    expect(again).toMatchObject({ status: 200, json: { id, state: 'accepted' } });
    const sha256 = String(first.json['sha256']);
    await unwrap(publisher.client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: { sha256 } }));
    expect(await postUpload(stack, publisher, body)).toMatchObject({ status: 200, json: { id, state: 'published' } });
    expect(await rows(stack, 'SELECT 1 FROM verifications WHERE version_id = $1', [id])).toHaveLength(1);
  });

  it('is not replaced by other bytes, which are not kept', async () => {
    const { body, digest } = await prepared('fixed');
    const { json } = await postUpload(stack, publisher, body);
    const other = await prepared('fixed', { 'more.txt': 'x' });
    expect(await postUpload(stack, publisher, other.body)).toMatchObject({ status: 409, code: 'version_exists' });
    expect((await auditedRefusals(publisher))[0]).toBe('version_exists');
    expect(await storedArtifacts(stack, digest, other.digest)).toEqual([digest]);
    const version = await followVersion(publisher.client, String(json['id']));
    expect(version).toMatchObject({ sha256: digest, state: 'accepted' });
  });

  it('is one, however many send it at once', async () => {
    const { body, plugin } = await prepared('crowd');
    const answers = await Promise.all(Array.from({ length: 8 }, () => postUpload(stack, publisher, body)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(new Set(answers.map(({ json }) => json['id'])).size).toBe(1);
    expect(await versionsOf(plugin)).toHaveLength(1);
  });

  it('is the first one’s when different bytes come at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map((n) => prepared('race', { 'n.txt': String(n) })));
    const answers = await Promise.all(all.map(({ body }) => postUpload(stack, publisher, body)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([202, 409, 409, 409]);
    const lost = answers.filter(({ status }) => status === 409);
    expect(lost.map(({ code }) => code)).toEqual(lost.map(() => 'version_exists'));
    expect(await versionsOf(all[0]?.plugin ?? '')).toHaveLength(1);
  });

  it('is not the same version under another number, though the bytes are', async () => {
    const { packed, plugin } = await prepared('renumbered');
    const signed = { plugin, bytes: packed.bytes, files: [...packed.files] };
    const one = await uploadBytes(stack, publisher, key, { ...signed, version: '1.0.0' });
    const two = await uploadBytes(stack, publisher, key, { ...signed, version: '2.0.0' });
    expect([one.status, two.status]).toEqual([202, 202]);
    const version = await followVersion(publisher.client, String(two.json['id']));
    expect(version).toMatchObject({ state: 'rejected', findings: [{ rule: 'statement_name_mismatch' }] });
    expect(sha256(packed.bytes)).toBe(version.sha256);
  });
});
