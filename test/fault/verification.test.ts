import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { unwrap, type Version } from '@paddock/client';
import { type Stack, startStack } from '@paddock/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { Docker } from '../support/docker.js';
import { prerequisites, shared } from '../support/globalSetup.js';
import { send } from '../support/http.js';
import { packPlugin, registerKey, signPlugin, verifiedPlugin } from '../support/plugins.js';
import { open, type TestOrganization, type TestStack } from '../support/stack.js';
import { multipart, postUpload } from '../support/uploads.js';

let running: Stack;
let stack: TestStack;
let publisher: TestOrganization;
beforeAll(async () => {
  // An engine of its own: what is taken from it, every other stack would miss too.
  const { dockerHost: _engine, images: _images, ...on } = prerequisites();
  running = await startStack({
    on,
    ownEngine: true,
    durable: false,
    environment: { PADDOCK_EXECUTOR_MAX_SPARES: '0', PADDOCK_SCAN_MS: '25000' },
  });
  stack = await open(shared(running));
  publisher = await stack.createOrganization('publisher');
}, 180_000);
afterAll(async () => {
  expect(await running.stop()).toEqual([]);
}, 60_000);

let made = 0;
const next = () => {
  made += 1;
  return { name: `plugin-${made}` };
};
const verified = () => verifiedPlugin(stack, publisher, next());

/** Uploads without waiting for a verdict. */
async function uploaded(): Promise<string> {
  const plugin = await packPlugin(publisher.slug, next());
  const signature = await signPlugin(plugin, { key: await registerKey(publisher) });
  const parts = [
    { name: 'signature', data: signature },
    { name: 'bundle', data: plugin.packed.bytes },
  ];
  return String((await postUpload(stack, publisher, multipart(parts))).json['id']);
}
const versionOf = (id: string): Promise<Version> =>
  unwrap(publisher.client.GET('/v1/versions/{id}', { params: { path: { id } } }));
const settled = async (id: string): Promise<Version> => {
  await expect.poll(async () => (await versionOf(id)).state, { timeout: 180_000, interval: 500 }).not.toBe('verifying');
  return versionOf(id);
};

/** The scanner's program, as the verifier has built it. */
async function scannerFile(): Promise<string> {
  const own = (await readdir(stack.scratchFolder)).find((name) => name.startsWith('verifier'));
  return join(stack.scratchFolder, String(own), 'verifier', 'scanner', 'scanner.mjs');
}
async function withScanner<T>(program: string, work: () => Promise<T>): Promise<T> {
  const file = await scannerFile();
  const ours = await readFile(file);
  await writeFile(file, program);
  try {
    return await work();
  } finally {
    await writeFile(file, ours);
  }
}
/** A scanner that speaks the protocol as far as its call, and then does this. */
const onCall = (work: string) => `
import { createInterface } from 'node:readline';
const answer = (id, result) => console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') answer(id, { protocolVersion: params.protocolVersion, capabilities: {}, serverInfo: { name: 's', version: '1' } });
  if (method === 'tools/call') { ${work} }
});`;

describe('a scan that does not come to an end waits for a person, with the reason', () => {
  it.each([
    ['a scanner that crashes', onCall('process.abort();')],
    ['a scanner that does not start', 'throw new Error();'],
    ['a scanner that takes all memory', onCall('const all = []; for (;;) all.push(Buffer.alloc(16777216, 1));')],
    ['a scanner that answers no report', onCall('answer(id, { content: [], structuredContent: { fine: true } });')],
    ['a scanner that speaks no protocol', onCall('console.log("accepted");')],
    ['a scanner that takes too long', onCall('setInterval(() => {}, 1000);')],
  ])('%s', { timeout: 200_000 }, async (_what, program) => {
    const version = await withScanner(program, verified);
    expect(version).toMatchObject({ state: 'review', findings: [{ rule: 'scan-unfinished', severity: 'high' }] });
  });

  it('and what is published and verified anew keeps the countersignature that it has', {
    timeout: 100_000,
  }, async () => {
    const { id, sha256 } = await verified();
    const params = { path: { id } };
    await unwrap(publisher.client.POST('/v1/versions/{id}/publish', { params, body: { sha256 } }));
    const countersignature = async () =>
      (await send(stack, `/v1/versions/${id}/countersignature`, { key: publisher.apiKey })).text;
    const before = await countersignature();
    const waits = async () => (await versionOf(id)).verificationRequestedAt;
    const again = async () => {
      await unwrap(stack.admin.client.POST('/v1/versions/{id}/verification', { params }));
      await expect.poll(waits, { timeout: 60_000, interval: 500 }).toBeNull();
      return versionOf(id);
    };
    const half = await withScanner(onCall('process.abort();'), again);
    expect(half).toMatchObject({ state: 'published', findings: [{ rule: 'scan-unfinished' }] });
    expect(await countersignature()).toBe(before);
    expect(await again()).toMatchObject({ state: 'published', verdict: 'accepted', findings: [] });
    expect(await countersignature()).not.toBe(before);
  });

  it('and the next one is scanned as ever', { timeout: 100_000 }, async () => {
    expect(await verified()).toMatchObject({ state: 'accepted', findings: [] });
  });
});

describe('a verification that can’t be carried out', () => {
  const UNFINISHED = { state: 'review', findings: [{ rule: 'verification-unfinished', severity: 'high' }] };

  it('is tried again while the engine fails, and then waits for a person', { timeout: 300_000 }, async () => {
    const docker = new Docker(running.dockerHost);
    const image = docker.getImage(running.images.node);
    const saved = await bytesOf(await image.get());
    // A sandbox that is just going may be in the way for a moment.
    const removed = () => image.remove({ force: true }).then(Boolean, () => false);
    await expect.poll(removed, { timeout: 60_000 }).toBe(true);
    const id = await uploaded();
    const attempts = async () =>
      (await rows<{ n: number }>(stack, 'SELECT verification_attempts AS n FROM versions WHERE id = $1', [id]))[0]?.n;
    await expect.poll(attempts, { timeout: 60_000 }).toBeGreaterThan(1);
    expect(await settled(id)).toMatchObject(UNFINISHED);
    expect(await attempts()).toBe(3);
    await docker.loadImage(Readable.from(saved, { objectMode: false }));
    expect((await verified()).state).toBe('accepted');
  });

  it('is not tried for ever on a verifier that dies of it', { timeout: 200_000 }, async () => {
    const verifier = running.process('verifier');
    verifier.kill('SIGKILL');
    const id = await uploaded();
    await rows(stack, 'UPDATE versions SET verification_attempts = 3 WHERE id = $1', [id]);
    await verifier.restart();
    expect(await settled(id)).toMatchObject(UNFINISHED);
    expect((await verified()).state).toBe('accepted');
    // An admin has it verified anew, and it comes to its end.
    const params = { path: { id } };
    const { state } = await unwrap(stack.admin.client.POST('/v1/versions/{id}/verification', { params }));
    expect(state).toBe('verifying');
    expect(await settled(id)).toMatchObject({ state: 'accepted', findings: [] });
  });
});

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
