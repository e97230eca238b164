import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadBlob, unwrap, uploadBlob } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { expectCode } from '../support/errors.js';
import { ASK, ASK_TOOL } from '../support/hostCalls.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestStack, testStack } from '../support/stack.js';

type Made = Awaited<ReturnType<typeof installedPlugin>>;
type Call = [method: string, params?: unknown];

const TOOLS = {
  ask: ASK_TOOL,
  flood: {
    body: `${ASK}
for (;;) process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id: Math.random() + '', method: 'host/clock.now' }) + '\\n') || await new Promise((on) => process.stdout.once('drain', on));`,
  },
  copy: {
    body: `${ASK}
const { blobId } = await ask('host/blob.create', { name: 'copy.bin', contentType: 'application/x-copy' });
for (let copy = 0; copy < input.copies; copy += 1)
  for (let offset = 0, done = false; !done; ) {
    const piece = await ask('host/blob.read', { name: 'data', offset });
    await ask('host/blob.write', { blobId, dataBase64: piece.dataBase64 });
    offset += Buffer.from(piece.dataBase64, 'base64').length;
    done = piece.done;
  }
return ask('host/blob.finish', { blobId });`,
  },
  tooLarge: {
    body: `${ASK}
const { blobId } = await ask('host/blob.create', { name: 'large' });
const dataBase64 = Buffer.alloc(1024 * 1024).toString('base64');
for (let n = 0; ; n += 1) {
  const answer = await ask('host/blob.write', { blobId, dataBase64 });
  if (answer.refused || n > 40) return { answer };
}`,
  },
  unfinished: {
    body: `${ASK}
const { blobId } = await ask('host/blob.create', { name: 'half' });
await ask('host/blob.write', { blobId, dataBase64: 'aGFsZg==' });
return {};`,
  },
  failing: {
    body: `${ASK}
const { blobId } = await ask('host/blob.create', { name: 'whole' });
await ask('host/blob.write', { blobId, dataBase64: 'd2hvbGU=' });
await ask('host/blob.finish', { blobId });
send({ id, result: { isError: true, content: [] } });`,
  },
  slow: {
    body: `${ASK}
await ask('host/progress', { done: 1, total: 4, message: 'one of\\n four' });
send({ method: 'notifications/progress', params: { progressToken: 0, progress: 2, total: 4 } });
await new Promise((done) => setTimeout(done, 60_000));
return {};`,
  },
};

let stack: TestStack;
beforeAll(async () => {
  stack = await testStack();
});

const plugin = (capabilities: object, grants: object = capabilities): Promise<Made> =>
  installedPlugin(stack, { tools: TOOLS, manifest: { capabilities, limits: { timeoutMs: 30_000 } } }, { grants });
const ask = async ({ tenant, install }: Made, calls: Call[]) => {
  const run = await callTool(tenant, install.id, 'ask', { calls });
  expect(run).toMatchObject({ state: 'succeeded' });
  return { run, answers: (run.output as { answers: Record<string, unknown>[] }).answers };
};
const audited = (runId: string) =>
  rows<{ event: string; data: Record<string, unknown> }>(
    stack,
    'SELECT event, data FROM audit_events WHERE subject_id = $1 ORDER BY id',
    [runId],
  );

describe('what needs no grant', () => {
  let made: Made;
  beforeAll(async () => {
    made = await plugin({});
  });

  it('is the clock, the log and progress', async () => {
    const { run, answers } = await ask(made, [
      ['host/clock.now', {}],
      ['host/log', { level: 'warning', message: 'care\u001b[31mful\nnow' }],
      ['host/progress', { done: 3, total: 4 }],
      ['host/clock.now', { zone: 'UTC' }],
      ['host/log', { level: 'stderr', message: 'x' }],
    ]);
    const [clock, log, progress, ...refused] = answers;
    expect(Math.abs(Number(clock?.['unixMs']) - Date.now())).toBeLessThan(600_000);
    expect(Number(clock?.['remainingMs'])).toBeLessThanOrEqual(30_000);
    expect([log, progress]).toEqual([{}, {}]);
    expect(refused).toEqual([{ refused: 'host_params_invalid' }, { refused: 'host_params_invalid' }]);
    expect(run.logs).toEqual([expect.objectContaining({ level: 'warning', message: 'careful now' })]);
    expect(run.usage).toMatchObject({ hostCalls: 5 });
    expect(run.usage?.hostRequestBytes).toBeGreaterThan(300);
    expect(run.usage?.hostAnswerBytes).toBeGreaterThan(100);
  });

  it('stands on the run while it goes on', async () => {
    const run = await callTool(made.tenant, made.install.id, 'slow', {}, { wait: 0 });
    const progress = async () =>
      (await unwrap(made.tenant.client.GET('/v1/runs/{id}', { params: { path: { id: run.id } } }))).progress;
    await expect.poll(progress, { timeout: 30_000 }).toEqual({ done: 2, total: 4, message: null });
    await made.tenant.client.POST('/v1/runs/{id}/cancel', { params: { path: { id: run.id } } });
  });

  it('is held back, however fast it is asked for, and ends with the run', async () => {
    const run = await callTool(made.tenant, made.install.id, 'flood', {}, { timeoutMs: 4000 });
    expect(['timed_out', 'output_limit']).toContain(run.state);
    const { answers } = await ask(made, [['host/clock.now']]);
    expect(answers[0]).toHaveProperty('unixMs');
  });
});

describe('what is not declared and granted', () => {
  const calls: Call[] = [
    ['host/kv.get', { key: 'k' }],
    ['host/http.fetch', { url: 'http://a.example.com/' }],
    ['host/secrets.get', { name: 'TOKEN' }],
    ['host/blob.create', { name: 'out' }],
  ];
  const everything = { kv: true, http: ['a.example.com'], secrets: ['TOKEN'], blobs: true };

  it.each([
    ['declared', everything, {}],
    ['neither', {}, {}],
  ])('is refused and audited when it is %s', async (_, declared, grants) => {
    const { run, answers } = await ask(await plugin(declared, grants), calls);
    expect(answers).toEqual(calls.map(() => ({ refused: 'capability_not_granted' })));
    const refusals = (await audited(run.id)).filter(({ event }) => event === 'host_service.refused');
    expect(refusals.map(({ data }) => [data['method'], data['code']])).toEqual(
      calls.map(([method]) => [method, 'capability_not_granted']),
    );
  });
});

describe('host/blob', () => {
  let made: Made;
  beforeAll(async () => {
    made = await plugin({ blobs: true });
  });
  const connection = () => ({ url: stack.apiUrl, apiKey: made.tenant.apiKey });
  const run = async (tool: string, blobs: Record<string, string> = {}, input: object = {}) =>
    unwrap(
      made.tenant.client.POST('/v1/installs/{id}/tools/{tool}/runs', {
        params: { path: { id: made.install.id, tool }, header: { Prefer: 'wait=30' } },
        body: { input: { ...input }, blobs },
      }),
    );
  const bytesOf = async (id: string) =>
    Buffer.from(await new Response(await downloadBlob(connection(), id)).arrayBuffer());

  it('gives a run what was uploaded, and the tenant what the run wrote', async () => {
    // Not text, and more than the answer to one request may be.
    const bytes = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, n) => (n * 31) % 251));
    const { id, sha256, size } = await uploadBlob(connection(), new Blob([bytes]));
    expect([sha256, size]).toEqual([createHash('sha256').update(bytes).digest('hex'), bytes.length]);
    const copied = await run('copy', { data: id }, { copies: 3 });
    expect(copied).toMatchObject({ state: 'succeeded', inputBlobs: { data: id } });
    const [output] = copied.outputBlobs;
    expect(copied.outputBlobs).toEqual([
      expect.objectContaining({
        name: 'copy.bin',
        contentType: 'application/x-copy',
        size: bytes.length * 3,
        runId: copied.id,
      }),
    ]);
    expect((await bytesOf(output?.id ?? '')).equals(Buffer.concat([bytes, bytes, bytes]))).toBe(true);
    // What went to the host is not the run's output, and is metered all the same.
    expect(copied.usage?.outputBytes).toBeLessThan(100_000);
    expect(copied.usage?.hostRequestBytes).toBeGreaterThan(bytes.length * 3);
    const listed = await unwrap(made.tenant.client.GET('/v1/blobs', { params: { query: {} } }));
    expect(listed.items.map((blob) => blob.id)).toEqual([output?.id, id]);
  });

  it('is capped, and refused where it does not exist', async () => {
    const { answers } = await ask(made, [
      ['host/blob.read', { name: 'data' }],
      ['host/blob.read', { name: '__proto__' }],
      ['host/blob.write', { blobId: 'none', dataBase64: '' }],
      ['host/blob.create', { name: '../escape' }],
      ['host/blob.create', { name: 'twice' }],
      ['host/blob.create', { name: 'twice' }],
      ['host/blob.write', { blobId: 'none', dataBase64: 'no base64' }],
    ]);
    expect(answers).toEqual([
      { refused: 'blob_unknown' },
      { refused: 'host_params_invalid' },
      { refused: 'host_handle_unknown' },
      { refused: 'host_params_invalid' },
      { blobId: expect.any(String) },
      { refused: 'blob_name_taken' },
      { refused: 'host_params_invalid' },
    ]);
    expect(await run('tooLarge')).toMatchObject({ output: { answer: { refused: 'blob_too_large' } }, outputBlobs: [] });
    const large = await uploadBlob(connection(), new Blob([new Uint8Array(33 * 1024 * 1024)])).catch((error) => error);
    expect(large).toMatchObject({ status: 413, code: 'blob_too_large' });
  });

  it('leaves nothing of what was not finished, or of a run that did not succeed', async () => {
    const unfinished = await run('unfinished');
    expect(unfinished).toMatchObject({ state: 'succeeded', outputBlobs: [] });
    const failed = await run('failing');
    expect(failed).toMatchObject({ state: 'failed', outputBlobs: [] });
    const written = await rows(stack, 'SELECT id FROM blobs WHERE run_id = ANY($1::uuid[])', [
      [unfinished.id, failed.id],
    ]);
    expect(written).toEqual([]);
    // Other tests' uploads come and go.
    const incoming = () => readdir(join(stack.artifactsFolder, 'incoming'));
    await expect.poll(incoming, { timeout: 30_000 }).toEqual([]);
  });

  it('is gone for the tenant once it is removed', async () => {
    const { id } = await uploadBlob(connection(), new Blob(['brief']));
    const params = { path: { id } };
    await unwrap(made.tenant.client.DELETE('/v1/blobs/{id}', { params }));
    await expectCode(unwrap(made.tenant.client.GET('/v1/blobs/{id}', { params })), 'not_found');
  });
});

describe('host/kv', () => {
  it('keeps values from run to run, for one install', async () => {
    const made = await plugin({ kv: true });
    const first = await ask(made, [
      ['host/kv.put', { key: 'visits', value: { n: 1 }, ifVersion: null }],
      ['host/kv.put', { key: 'visits', value: { n: 1 }, ifVersion: null }],
      ['host/kv.put', { key: 'brief', value: 1, ttlMs: 1 }],
      ['host/kv.put', { key: 'k' }],
      ['host/kv.put', { key: 'large', value: 'x'.repeat(300_000) }],
    ]);
    const version = Number(first.answers[0]?.['version']);
    expect(first.answers.slice(1)).toEqual([
      { refused: 'kv_conflict' },
      { version: expect.any(Number) },
      { refused: 'host_params_invalid' },
      { refused: 'kv_quota_exceeded' },
    ]);
    const second = await ask(made, [
      ['host/kv.get', { key: 'visits' }],
      ['host/kv.list', {}],
      ['host/kv.delete', { key: 'visits', ifVersion: version }],
      ['host/kv.get', { key: 'visits' }],
    ]);
    expect(second.answers).toEqual([
      { found: true, value: { n: 1 }, version },
      { entries: [{ key: 'visits', version }] },
      { deleted: true },
      { found: false },
    ]);
    const settled = (await audited(second.run.id)).find(({ event }) => event === 'run.settled');
    expect(settled?.data['hostServices']).toEqual({ 'kv.get': 2, 'kv.list': 1, 'kv.delete': 1 });
  });
});
