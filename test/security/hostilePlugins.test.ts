import { randomUUID } from 'node:crypto';
import { unwrap } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { callTool, installedPlugin, publishedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

const OBJECT = { type: 'object', additionalProperties: false };
/** JSON-RPC by hand: a request of the plugin's to its host, and the answer to it. */
const ASK = `
const { createInterface } = await import('node:readline');
const lines = createInterface({ input: process.stdin });
const ask = (method, params) => new Promise((done) => {
  const asked = 'ask-' + Math.random();
  lines.on('line', (line) => line.includes(asked) && done(JSON.parse(line)));
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id: asked, method, params }) + '\\n');
});`;

const TOOLS = {
  echo: { body: 'return input' },
  residue: {
    body: `const fs = await import('node:fs');
const before = { memory: globalThis.left ?? null, files: fs.readdirSync('/tmp').map((name) => fs.readFileSync('/tmp/' + name, 'utf8')) };
globalThis.left = input.mark;
fs.writeFileSync('/tmp/' + input.mark, input.mark);
return before;`,
  },
  polluted: { body: 'return { polluted: ({}).polluted ?? null, keys: Object.keys(input).sort() }' },
  nulKey: { body: "return { 'a\\0b': 1, '\\ud800': 2 }", outputSchema: OBJECT },
  nulText: { body: "return { 'k\\0': 'v\\0\\ud800' }" },
  nulError: { body: "send({ id, error: { code: -1, message: 'a\\0b\\ud800\\u001b[31m' } })" },
  twoAnswers: {
    body: 'send({ id, result: { content: [], structuredContent: { n: 1 } } }); send({ id, result: { content: [], structuredContent: { n: 2 } } })',
  },
  otherAnswer: { body: 'send({ id: id + 1, result: { content: [], structuredContent: {} } })' },
  forgedUsage: {
    body: 'send({ id, result: { content: [], structuredContent: { ok: true }, usage: { cpuUs: 0 }, cpuUs: 0 } })',
  },
  notAnObject: { body: "send({ id, result: { content: [], structuredContent: 'text' } })" },
  deep: {
    body: 'process.stdout.write(\'{"jsonrpc":"2.0","id":\' + id + \',"result":{"structuredContent":{"a":\' + \'[\'.repeat(100000) + \']\'.repeat(100000) + \'}}}\\n\')',
  },
  longLine: {
    body: "const part = 'x'.repeat(1 << 20); for (let n = 0; n < 6; n++) if (!process.stdout.write(part)) await new Promise((on) => process.stdout.once('drain', on))",
  },
  ask: {
    body: `${ASK} return { answers: await Promise.all(input.methods.map((method) => ask(JSON.parse('"' + method + '"'), {}))) }`,
  },
  forks: {
    body: `const { spawn } = await import('node:child_process');
const children = Array.from({ length: 80 }, () => { const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }); return new Promise((done) => child.once('spawn', () => done('spawned')).once('error', (error) => done(error.code))); });
return { results: [...new Set(await Promise.all(children))] }`,
  },
  leaveChild: {
    body: `const { spawn } = await import('node:child_process');
spawn(process.execPath, ['-e', 'for (;;);'], { detached: true, stdio: 'ignore' }).unref();
return {}`,
  },
};

let stack: TestStack;
let tenant: TestOrganization;
let plugin: string;
let installId: string;
beforeAll(async () => {
  stack = await testStack();
  const made = await installedPlugin(stack, { tools: TOOLS });
  tenant = made.tenant;
  plugin = made.version.plugin;
  installId = made.install.id;
});
const call = (tool: string, input: Record<string, unknown> = {}) => callTool(tenant, installId, tool, input);
const install = async (organization: TestOrganization, isolation: 'install' | 'run' = 'install') =>
  (await unwrap(organization.client.POST('/v1/installs', { body: { plugin, isolation } }))).id;

describe('what a plugin leaves', () => {
  it('in memory or in files is found by no other install and by no other tenant', async () => {
    const other = await stack.createOrganization('tenant');
    const installs = await Promise.all([
      ...[tenant, tenant, other, other].map(async (who) => ({ who, id: await install(who) })),
      ...[tenant, other].map(async (who) => ({ who, id: await install(who, 'run') })),
    ]);
    for (let round = 0; round < 3; round++) {
      const runs = await Promise.all(
        installs.map(async ({ who, id }, index) => ({
          index,
          run: await callTool(who, id, 'residue', { mark: `${index}-${round}` }),
        })),
      );
      for (const { index, run } of runs) {
        expect(run).toMatchObject({ state: 'succeeded' });
        const { memory, files } = run.output as { memory: string | null; files: string[] };
        const found = [...(memory === null ? [] : [memory]), ...files];
        const own = index < 4 ? found.filter((mark) => mark.startsWith(`${index}-`)) : [];
        expect(found).toEqual(own);
      }
    }
  });

  it('running is ended with its run where the sandbox is for one', async () => {
    const id = await install(tenant, 'run');
    expect(await callTool(tenant, id, 'leaveChild')).toMatchObject({ state: 'succeeded' });
    // Two sandboxes' worth of spinning children would starve what comes next.
    expect(await callTool(tenant, id, 'echo', { next: true })).toMatchObject({ output: { next: true } });
  });
});

describe('what a plugin answers', () => {
  it.each([
    ['nulKey', { state: 'failed', error: { code: 'output_invalid' } }],
    ['nulText', { state: 'succeeded', output: { 'k\ufffd': 'v\ufffd\ufffd' } }],
    ['nulError', { state: 'failed', error: { code: 'tool_error' } }],
    ['twoAnswers', { state: 'succeeded', output: { n: 1 } }],
    ['otherAnswer', { state: 'protocol_error', error: { code: 'protocol_violation' } }],
    ['notAnObject', { state: 'protocol_error', error: { code: 'protocol_violation' } }],
    ['deep', { state: 'protocol_error', error: { code: 'protocol_violation' } }],
    ['longLine', { state: 'protocol_error', error: { code: 'protocol_violation' } }],
  ])('is settled at its first attempt: %s', async (tool, expected) => {
    expect(await call(tool)).toMatchObject({ ...expected, attempt: 1 });
    expect(await call('echo', { after: tool })).toMatchObject({ state: 'succeeded', output: { after: tool } });
  });

  it('says nothing about its usage', async () => {
    const run = await call('forgedUsage');
    expect(run).toMatchObject({ state: 'succeeded', output: { ok: true } });
    expect(run.usage?.cpuUs).toBeGreaterThan(0);
  });
});

describe('what a plugin is given', () => {
  it('can’t reach the prototypes of anything', async () => {
    const { send } = await import('../support/http.js');
    const answer = await send(stack, `/v1/installs/${installId}/tools/polluted/runs`, {
      method: 'POST',
      key: tenant.apiKey,
      headers: { Prefer: 'wait=30', 'Content-Type': 'application/json' },
      body: '{"input":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"a":1}}',
    });
    expect(answer.status).toBe(200);
    expect(answer.json['output']).toMatchObject({ polluted: null });
    expect(await call('polluted')).toMatchObject({ output: { polluted: null, keys: [] } });
  });
});

describe('what a plugin asks of its host', () => {
  it('is refused and audited, however it is asked', async () => {
    // As they stand in JSON: the input itself may hold neither NUL nor half a surrogate pair.
    const methods = [
      'host/kv.get',
      'host/http.fetch',
      'host/__proto__',
      'host/nul\\u0000',
      'host/\\ud800',
      `host/${'x'.repeat(240)}`,
    ];
    const run = await call('ask', { methods });
    expect(run).toMatchObject({ state: 'succeeded' });
    const { answers } = run.output as { answers: { error?: { data?: { code?: string } } }[] };
    expect(answers.map(({ error }) => error?.data?.code)).toEqual([
      ...['capability_not_granted', 'capability_not_granted'],
      ...methods.slice(2).map(() => 'host_service_unknown'),
    ]);
    const audited = await rows<{ data: { method: string } }>(
      stack,
      `SELECT data FROM audit_events WHERE event = 'host_service.refused' AND subject_id = $1 ORDER BY id`,
      [run.id],
    );
    expect(audited).toHaveLength(methods.length);
  });

  it('is no secret of the host’s when it is not a host service', async () => {
    const run = await call('ask', { methods: ['tools/call', 'initialize', randomUUID()] });
    const { answers } = run.output as { answers: { error?: { code: number; data?: { code?: string } } }[] };
    expect(answers.map(({ error }) => error?.code)).toEqual([-32601, -32601, -32601]);
  });
});

describe('what a plugin starts', () => {
  it('is at most as many processes as its limit', async () => {
    const run = await callTool(tenant, await install(tenant, 'run'), 'forks');
    expect(run.limits?.pids).toBe(64);
    if (run.state === 'succeeded') expect(run.output).toMatchObject({ results: expect.arrayContaining(['EAGAIN']) });
    else expect(['out_of_memory', 'timed_out', 'crashed']).toContain(run.state);
    expect(await call('echo', { alive: true })).toMatchObject({ output: { alive: true } });
  });
});

it('a plugin whose bundle was published by somebody else is not theirs to run without an install', async () => {
  const publisher = await stack.createOrganization('publisher');
  const version = await publishedPlugin(stack, publisher, { tools: { echo: TOOLS.echo } });
  const { error } = await tenant.client.POST('/v1/installs/{id}/tools/{tool}/runs', {
    params: { path: { id: version.id, tool: 'echo' }, header: {} },
    body: { input: {} },
  });
  expect(error?.code).toBe('not_found');
});
