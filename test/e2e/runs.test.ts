import { randomUUID } from 'node:crypto';
import { followRun, unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectCode } from '../support/errors.js';
import { send } from '../support/http.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestStack, testStack } from '../support/stack.js';

const TOOLS = {
  echo: { body: 'return input' },
  strict: {
    body: 'return { n: input.n }',
    inputSchema: {
      type: 'object',
      properties: { n: { type: 'integer', maximum: 9 } },
      required: ['n'],
      additionalProperties: false,
    },
  },
  sleep: { body: 'await new Promise((done) => setTimeout(done, input.ms)); return {}' },
  count: { body: 'globalThis.calls = (globalThis.calls ?? 0) + 1; return { calls: globalThis.calls }' },
  fail: { body: "send({ id, result: { isError: true, content: [{ type: 'text', text: 'no such town' }] } })" },
  badOutput: {
    body: "return { n: 'three' }",
    outputSchema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
  },
  big: { body: "return { text: 'x'.repeat(2 * 1024 * 1024) }" },
  spin: { body: 'for (;;);' },
  eat: { body: 'const held = []; for (;;) held.push(Buffer.alloc(8 << 20, 1))' },
  flood: {
    body: "const line = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x'.repeat(60000) } }) + '\\n'; for (;;) { if (!process.stdout.write(line)) await new Promise((on) => process.stdout.once('drain', on)) }",
  },
  garbage: { body: "process.stdout.write('Hello, I am not JSON\\n')" },
  crash: { body: 'process.exit(7)' },
  log: {
    body: "send({ method: 'notifications/message', params: { level: 'warning', data: 'careful' } }); process.stderr.write('\\u001b[31mred\\u001b[0m\\0 text\\n'); await new Promise((done) => setTimeout(done, 200)); return { nul: 'a\\0b' }",
  },
};

describe('runs', () => {
  let stack: TestStack;
  let made: Awaited<ReturnType<typeof installedPlugin>>;
  beforeAll(async () => {
    stack = await testStack();
    made = await installedPlugin(stack, { tools: TOOLS });
  });
  const call = (tool: string, input: Record<string, unknown> = {}, options = {}) =>
    callTool(made.tenant, made.install.id, tool, input, options);
  const runsPath = (tool: string) => `/v1/installs/${made.install.id}/tools/${tool}/runs`;
  const post = (tool: string, body: unknown, headers: Record<string, string> = {}) =>
    send(stack, runsPath(tool), { method: 'POST', key: made.tenant.apiKey, headers, body });

  it('answers 202 with a Location, and 200 with the settled run to whoever waits', async () => {
    const asked = await post('echo', { input: { a: 1 } });
    expect(asked.status).toBe(202);
    expect(asked.headers.get('location')).toBe(`/v1/runs/${String(asked.json['id'])}`);
    expect(await followRun(made.tenant.client, String(asked.json['id']))).toMatchObject({
      state: 'succeeded',
      output: { a: 1 },
    });
    const waited = await post('echo', { input: { a: 2 } }, { Prefer: 'wait=30' });
    expect(waited).toMatchObject({ status: 200, json: { state: 'succeeded', output: { a: 2 } } });
  });

  it.each([
    ['fail', 'failed', 'tool_error'],
    ['badOutput', 'failed', 'output_invalid'],
    ['big', 'output_limit', 'result_too_large'],
    ['flood', 'output_limit', 'output_exceeded'],
    ['eat', 'out_of_memory', 'memory_exceeded'],
    ['garbage', 'protocol_error', 'protocol_violation'],
    ['crash', 'crashed', 'process_exited'],
  ])('%s ends as %s with %s, its use is billed, and a good run follows', async (tool, state, code) => {
    const run = await call(tool);
    expect(run).toMatchObject({ state, error: { code }, output: null, attempt: 1 });
    expect(run.usage?.cpuUs).toBeGreaterThan(0);
    expect(await call('echo', { after: tool })).toMatchObject({ state: 'succeeded', output: { after: tool } });
  });

  it('ends as timed_out past the deadline that the caller tightened', async () => {
    const run = await call('spin', {}, { timeoutMs: 500 });
    expect(run).toMatchObject({ state: 'timed_out', error: { code: 'deadline_exceeded' }, limits: { timeoutMs: 500 } });
  });

  it('keeps a clean log, and stores what a database can hold of a strange result', async () => {
    const run = await call('log');
    expect(run.output).toEqual({ nul: 'a\ufffdb' });
    expect(run.logs).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'warning', message: expect.stringContaining('careful') }),
        expect.objectContaining({ level: 'stderr' }),
      ]),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is asserted.
    expect(run.logs.map((line) => line.message).join('')).not.toMatch(/[\u0000-\u0008\u001b]/);
  });

  it.each<[string, string, unknown, Record<string, string>, number, string]>([
    ['input that breaks the schema', 'strict', { input: { n: 10 } }, {}, 422, 'input_invalid'],
    [
      'input with a key that the schema has not',
      'strict',
      { input: { n: 1, role: 'owner' } },
      {},
      422,
      'input_invalid',
    ],
    ['a tool that is not there', 'nothing', { input: {} }, {}, 404, 'tool_unknown'],
    ['a key that the body has not', 'echo', { input: {}, organizationId: randomUUID() }, {}, 422, 'invalid_request'],
    ['NUL in the input', 'echo', { input: { a: 'x\0y' } }, {}, 422, 'invalid_request'],
    ['a body of over 1 MiB', 'echo', { input: { a: 'x'.repeat(1_100_000) } }, {}, 413, 'body_too_large'],
    ['JSON that is none', 'echo', '{"input": {', { 'Content-Type': 'application/json' }, 400, 'malformed_body'],
    [
      'a body of another type',
      'echo',
      'input=1',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['a key with spaces', 'echo', { input: {} }, { 'Idempotency-Key': 'a b' }, 422, 'invalid_request'],
  ])('refuses %s before there is a run', async (_name, tool, body, headers, status, code) => {
    const before = await unwrap(made.tenant.client.GET('/v1/runs', { params: { query: { limit: 1 } } }));
    const answer = await post(tool, body, headers);
    expect({ status: answer.status, code: answer.code, type: answer.headers.get('content-type') }).toEqual({
      status,
      code,
      type: expect.stringContaining('application/problem+json'),
    });
    const after = await unwrap(made.tenant.client.GET('/v1/runs', { params: { query: { limit: 1 } } }));
    expect(after.items[0]?.id).toBe(before.items[0]?.id);
  });

  it('says where the input fails', async () => {
    const error = await expectCode(call('strict', { n: 'x' }), 'input_invalid');
    expect(error.problem.issues).toEqual([{ path: '/body/input/n', message: 'must be integer' }]);
  });

  it('has no such route', async () => {
    expect(await send(stack, '/v1/nothing', { key: made.tenant.apiKey })).toMatchObject({
      status: 404,
      code: 'route_not_found',
    });
  });

  it('is cancelled while it runs; asking again changes nothing, asking too late is told', async () => {
    const run = await call('sleep', { ms: 9000 }, { wait: 0 });
    const state = async () =>
      (await unwrap(made.tenant.client.GET('/v1/runs/{id}', { params: { path: { id: run.id } } }))).state;
    await expect.poll(state).toBe('running');
    const cancel = (id: string) =>
      unwrap(made.tenant.client.POST('/v1/runs/{id}/cancel', { params: { path: { id } } }));
    await cancel(run.id);
    await cancel(run.id);
    expect(await followRun(made.tenant.client, run.id)).toMatchObject({
      state: 'cancelled',
      error: { code: 'cancelled_by_caller' },
    });
    expect(await cancel(run.id)).toMatchObject({ state: 'cancelled' });
    const done = await call('echo');
    await expectCode(cancel(done.id), 'run_already_settled');
  });

  it('is one run for one idempotency key, however often it is sent', async () => {
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => call('echo', { same: true }, { idempotencyKey, wait: 0 })),
    );
    expect(new Set(answers.map((run) => run.id)).size).toBe(1);
    await expectCode(call('echo', { same: false }, { idempotencyKey, wait: 0 }), 'idempotency_key_reused');
    const usage = async () => (await followRun(made.tenant.client, answers[0]?.id ?? '')).state;
    expect(await usage()).toBe('succeeded');
  });

  it('keeps a sandbox for one install alone, and for one run alone where asked to', async () => {
    const [shared, single] = await Promise.all(
      (['install', 'run'] as const).map((isolation) =>
        unwrap(made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin, isolation } })),
      ),
    );
    const counts = async (id: string) =>
      [await callTool(made.tenant, id, 'count'), await callTool(made.tenant, id, 'count')].map((run) => run.output);
    expect(await counts(shared?.id ?? '')).toEqual([{ calls: 1 }, { calls: 2 }]);
    expect(await counts(single?.id ?? '')).toEqual([{ calls: 1 }, { calls: 1 }]);
    expect((await call('count')).output).toEqual({ calls: 1 });
  });

  it('applies the smallest of manifest, install and plan', async () => {
    const limits = { memoryBytes: 64 * 1024 * 1024, timeoutMs: 3000, pids: 512 };
    const install = await unwrap(
      made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin, limits } }),
    );
    const run = await callTool(made.tenant, install.id, 'echo');
    expect(run.limits).toMatchObject({ memoryBytes: limits.memoryBytes, timeoutMs: 3000, pids: 64 });
  });

  it('is not granted what the manifest does not declare', async () => {
    await expectCode(
      unwrap(made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin, grants: { kv: true } } })),
      'grant_not_declared',
    );
  });

  it('can’t be asked of an install that was removed', async () => {
    const install = await unwrap(made.tenant.client.POST('/v1/installs', { body: { plugin: made.version.plugin } }));
    await unwrap(made.tenant.client.DELETE('/v1/installs/{id}', { params: { path: { id: install.id } } }));
    await expectCode(callTool(made.tenant, install.id, 'echo'), 'not_found');
  });

  it('is listed page by page, newest first, each once', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await unwrap(
        made.tenant.client.GET('/v1/runs', {
          params: { query: { limit: 7, ...(after === undefined ? {} : { after }) } },
        }),
      );
      seen.push(...page.items.map((run) => run.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen.length).toBeGreaterThan(7);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });
});
