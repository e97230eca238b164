import { copyFile } from 'node:fs/promises';
import { unwrap, type Version } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { expectCode } from '../support/errors.js';
import { send } from '../support/http.js';
import { publishedPlugin, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

/** Makes the scanner ask for a review. */
const SUSPECT = 'globalThis.load = require;\n';

let stack: TestStack;
let publisher: TestOrganization;
let stranger: TestOrganization;
let previous: Version;
let inReview: Version;

beforeAll(async () => {
  stack = await testStack();
  [publisher, stranger] = await Promise.all([stack.createOrganization('publisher'), stack.createOrganization()]);
  previous = await publishedPlugin(stack, publisher, {
    files: { 'same.txt': 'same', 'gone.txt': 'gone', 'changed.txt': 'before' },
    manifest: { capabilities: { http: ['a.example'] } },
  });
  inReview = await verifiedPlugin(stack, publisher, {
    version: '1.1.0',
    files: {
      'same.txt': 'same',
      'changed.txt': 'afterwards',
      'more.mjs': SUSPECT,
      'binary.bin': Uint8Array.of(1, 0, 2),
      'large.txt': 'x'.repeat(1024 * 1024 + 1),
      'page.html': '<script>alert(1)</script>',
    },
    tools: { echo: { body: 'return input' }, other: { body: 'return {}' } },
    manifest: { capabilities: { http: ['a.example', 'b.example'] } },
  });
  expect(inReview.state).toBe('review');
});

const params = (version: Version) => ({ path: { id: version.id } });
const read = (version: Version, path: string, key = stack.adminKey) =>
  send(stack, `/v1/versions/${version.id}/files/content?path=${encodeURIComponent(path)}`, { key });

describe('the review queue', () => {
  it('is read from the oldest on, in pages', async () => {
    const later = await verifiedPlugin(stack, publisher, { name: 'later', files: { 'more.mjs': SUSPECT } });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const query = { state: 'review', order: 'oldest', limit: 1, ...(after === undefined ? {} : { after }) } as const;
      const page = await unwrap(stack.admin.client.GET('/v1/versions', { params: { query } }));
      expect(page.items.length).toBeLessThanOrEqual(1);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual([...seen].sort());
    expect(seen.indexOf(inReview.id)).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf(later.id)).toBeGreaterThan(seen.indexOf(inReview.id));
  });

  it('shows what is new beside the published version before', async () => {
    const difference = await unwrap(
      stack.admin.client.GET('/v1/versions/{id}/difference', { params: params(inReview) }),
    );
    expect(difference.previous).toEqual({ id: previous.id, version: '1.0.0' });
    const sizes = difference.files.map(({ path, before, after }) => [path, before?.size ?? null, after?.size ?? null]);
    expect(sizes).toContainEqual(['changed.txt', 6, 10]);
    expect(sizes).toContainEqual(['gone.txt', 4, null]);
    expect(sizes).toContainEqual(['more.mjs', null, SUSPECT.length]);
    expect(sizes.map(([path]) => path)).not.toContain('same.txt');
    const fields = Object.fromEntries(difference.manifest.map(({ field, before, after }) => [field, [before, after]]));
    expect(fields['capabilities.http']).toEqual([['a.example'], ['a.example', 'b.example']]);
    expect(fields['tools.other']).toMatchObject([null, { name: 'other' }]);
    expect(Object.keys(fields).sort()).toEqual(['capabilities.http', 'tools.other']);
  });

  it('calls all of a first version new', async () => {
    const difference = await unwrap(
      stack.admin.client.GET('/v1/versions/{id}/difference', { params: params(previous) }),
    );
    expect(difference.previous).toBeNull();
    expect(difference.files.every(({ before }) => before === null)).toBe(true);
    expect(difference.files.length).toBe(5);
  });

  it('shows the files that were signed, and each text as what a browser makes nothing of', async () => {
    const { items } = await unwrap(stack.admin.client.GET('/v1/versions/{id}/files', { params: params(inReview) }));
    expect(items.map(({ path }) => path)).toEqual([
      ...['binary.bin', 'changed.txt', 'large.txt', 'main.mjs', 'more.mjs', 'page.html', 'plugin.json', 'same.txt'],
    ]);
    const shown = await read(inReview, 'page.html');
    expect([shown.status, shown.text]).toEqual([200, '<script>alert(1)</script>']);
    expect(shown.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-disposition')).toBe('attachment');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await read(inReview, 'more.mjs')).text).toBe(SUSPECT);
  });

  it('shows no file that is too large, is no text, or is not there', async () => {
    const codes = await Promise.all(
      ['large.txt', 'binary.bin', 'nothing.txt', '../plugin.json', '/etc/passwd'].map((path) => read(inReview, path)),
    );
    expect(codes.map(({ code }) => code)).toEqual([
      ...['file_too_large', 'file_not_text', 'not_found', 'invalid_request', 'invalid_request'],
    ]);
  });

  it('shows the publisher its own files, and nobody else any', async () => {
    expect((await read(inReview, 'same.txt', publisher.apiKey)).text).toBe('same');
    for (const version of [inReview, previous])
      expect(await read(version, 'same.txt', stranger.apiKey)).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('opens no bundle that was rejected', async () => {
    const rejected = await verifiedPlugin(stack, publisher, { name: 'rejected', manifest: { image: 'debian' } });
    expect(rejected.state).toBe('rejected');
    expect((await read(rejected, 'plugin.json')).code).toBe('conflict');
    for (const path of ['/v1/versions/{id}/files', '/v1/versions/{id}/difference'] as const)
      await expectCode(unwrap(stack.admin.client.GET(path, { params: params(rejected) })), 'conflict');
  });

  it('says so when the stored bytes are not those that were signed', async () => {
    const version = await verifiedPlugin(stack, publisher, { name: 'swapped', files: { 'more.mjs': SUSPECT } });
    const other = await verifiedPlugin(stack, publisher, { name: 'other' });
    const fileOf = ({ sha256 }: Version) => `${stack.artifactsFolder}/sha256/${sha256.slice(0, 2)}/${sha256.slice(2)}`;
    await copyFile(fileOf(other), fileOf(version));
    expect((await read(version, 'plugin.json')).code).toBe('artifact_corrupt');
  });
});

describe('a decision', () => {
  const approve = ({ client }: TestOrganization, version: Version, sha256 = version.sha256) =>
    unwrap(client.POST('/v1/versions/{id}/publish', { params: params(version), body: { sha256, reason: 'read it' } }));

  it('is about the bytes that were judged, and about no others', async () => {
    await expectCode(approve(stack.admin, inReview, previous.sha256), 'approval_digest_mismatch');
    const none = await send(stack, `/v1/versions/${inReview.id}/publish`, {
      method: 'POST',
      key: stack.adminKey,
      body: { reason: 'blind' },
    });
    expect(none).toMatchObject({ status: 422, code: 'invalid_request' });
    const { state } = await unwrap(stack.admin.client.GET('/v1/versions/{id}', { params: params(inReview) }));
    expect(state).toBe('review');
  });

  it('is never one’s own', async () => {
    const own = await verifiedPlugin(stack, stack.admin, { name: 'own', files: { 'more.mjs': SUSPECT } });
    expect(own.state).toBe('review');
    await expectCode(approve(stack.admin, own), 'own_version');
    const reject = stack.admin.client.POST('/v1/versions/{id}/reject', { params: params(own), body: { reason: 'x' } });
    await expectCode(unwrap(reject), 'own_version');
    await expectCode(approve(publisher, inReview), 'own_version');
  });

  it('to approve publishes the version, and stands in the audit trail with digest and reason', async () => {
    expect(await approve(stack.admin, inReview)).toMatchObject({ state: 'published' });
    const events = await rows<{ event: string; actor_type: string; data: Record<string, unknown> }>(
      stack,
      'SELECT event, actor_type, data FROM audit_events WHERE subject_id = $1 ORDER BY id DESC LIMIT 2',
      [inReview.id],
    );
    expect(events.map(({ event }) => event).sort()).toEqual(['version.approved', 'version.published']);
    for (const { actor_type, data } of events)
      expect([actor_type, data['sha256'], data['reason']]).toEqual(['api_key', inReview.sha256, 'read it']);
  });

  it('to reject needs a reason', async () => {
    const version = await verifiedPlugin(stack, publisher, { name: 'refused', files: { 'more.mjs': SUSPECT } });
    const path = `/v1/versions/${version.id}/reject`;
    const ask = (body: object) => send(stack, path, { method: 'POST', key: stack.adminKey, body });
    expect((await ask({})).code).toBe('invalid_request');
    expect((await ask({ reason: '   ' })).code).toBe('invalid_request');
    expect(await ask({ reason: 'evaluates its input' })).toMatchObject({ status: 200, json: { state: 'rejected' } });
  });
});
