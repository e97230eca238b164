import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBundle } from '@paddock/bundle/read';
import { type Install, type Run, unwrap, type Version } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paddockIn } from '../../apps/cli/src/runCli.testing.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

/** What npm needs of the environment to reach the registry that this machine uses. */
const NPM_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      /^(?:HOME|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy|npm_config_(?!local_prefix).*)$/i.test(entry[0]),
  ),
);
const MINUTES = 60_000;

let stack: TestStack;
let folder: string;
let paddock: ReturnType<typeof paddockIn>;
let publisher: TestOrganization;
let tenant: TestOrganization;

beforeAll(async () => {
  stack = await testStack();
  [publisher, tenant] = await Promise.all([stack.createOrganization('publisher'), stack.createOrganization('tenant')]);
  folder = await mkdtemp(join(tmpdir(), 'paddock-npm-test-'));
  paddock = paddockIn(folder, {
    ...NPM_ENVIRONMENT,
    DOCKER_HOST: stack.dockerHost,
    PADDOCK_URL: stack.apiUrl,
    PADDOCK_API_KEY: publisher.apiKey,
  });
  await must('keygen', '--out', 'key.pem', '--register', 'npm');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function must(...args: string[]): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await paddock([...args, '--json']);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Packs an npm package by the command, and brings it to a tenant. */
async function installed(packageName: string, ...flags: string[]): Promise<{ version: Version; install: Install }> {
  const packing = await must('pack', '--npm', packageName, '--name', publisher.slug, ...flags);
  const { file, version: packed } = packing;
  await expectSource(join(folder, String(file)), packageName);
  await must('sign', String(file), '--key', 'key.pem');
  const { id } = await must('publish', '--bundle', String(file), '--signature', `${String(file)}.sig.json`);
  const params = { path: { id: String(id) } };
  const verified = await unwrap(publisher.client.GET('/v1/versions/{id}', { params }));
  expect(verified.version).toBe(packed);
  const version =
    verified.state === 'published'
      ? verified
      : await unwrap(
          stack.admin.client.POST('/v1/versions/{id}/publish', {
            params,
            body: { sha256: verified.sha256, reason: 'known' },
          }),
        );
  const install = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin: version.plugin } }));
  return { version, install };
}

/** The bundle says which package it was made of, by npm’s own hash, and names the packages in it with their licences. */
async function expectSource(file: string, packageName: string): Promise<void> {
  let source = '';
  for await (const { path, content } of readBundle(file))
    for await (const chunk of content) if (path === 'paddock-source.json') source += Buffer.from(chunk).toString();
  const { package: own, packages } = JSON.parse(source) as { package: object; packages: { name: string }[] };
  const integrity: unknown = expect.stringMatching(/^sha512-[A-Za-z0-9+/]{86}==$/);
  expect(own).toMatchObject({ name: packageName, version: expect.stringMatching(/^\d+\./), integrity });
  expect(packages).toContainEqual(
    expect.objectContaining({ name: '@modelcontextprotocol/sdk', license: 'MIT', integrity }),
  );
}

const textOf = ({ output }: Run): string =>
  (output as { type: string; text?: string }[]).map((part) => part.text ?? '').join('\n');

describe('an unmodified MCP server from npm', () => {
  let made: { version: Version; install: Install };
  beforeAll(async () => {
    made = await installed('@modelcontextprotocol/server-everything');
  }, 5 * MINUTES);
  const call = (tool: string, input: Record<string, unknown> = {}) => callTool(tenant, made.install.id, tool, input);

  it('is verified, its tools declared as it lists them, and what the scanner sees never rejects it', () => {
    expect(made.version.verdict).not.toBe('rejected');
    expect(made.version.findings.map(({ rule }) => rule)).not.toContain('tools_mismatch');
    expect(made.install.tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['echo', 'get-sum', 'get-tiny-image', 'get-structured-content']),
    );
  });

  it('answers with text', async () => {
    const run = await call('echo', { message: 'hello, paddock' });
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    expect(textOf(run)).toContain('hello, paddock');
    expect(textOf(await call('get-sum', { a: 2, b: 40 }))).toContain('42');
  });

  it('answers with an image', async () => {
    const run = await call('get-tiny-image');
    const image = (run.output as { type: string; mimeType?: string; data?: string }[]).find(
      ({ type }) => type === 'image',
    );
    expect(image?.mimeType).toBe('image/png');
    expect(
      Buffer.from(image?.data ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('answers with structured content that fits its schema, and with annotations and links', async () => {
    expect(await call('get-structured-content', { location: 'Chicago' })).toMatchObject({
      state: 'succeeded',
      output: { temperature: expect.any(Number), conditions: expect.any(String), humidity: expect.any(Number) },
    });
    for (const [tool, input] of [
      ['get-annotated-message', { messageType: 'error', includeImage: true }],
      ['get-resource-links', { count: 3 }],
    ] as const)
      expect(await call(tool, input)).toMatchObject({ state: 'succeeded' });
  });

  it('works long, and tells how far it is', async () => {
    const run = await call('trigger-long-running-operation', { duration: 2, steps: 4 });
    expect(run).toMatchObject({ state: 'succeeded' });
    expect(textOf(run)).toContain('completed');
  });

  it('is held to the draft-07 schemas that it declares', async () => {
    await expect(call('get-sum', { a: 'two', b: 40 })).rejects.toMatchObject({ code: 'input_invalid' });
  });

  it('sees nothing of the host’s environment', async () => {
    const text = textOf(await call('get-env'));
    expect(text).not.toContain('DATABASE_URL');
    expect(text).not.toContain(process.env['HOME'] ?? '/root');
  });

  it('fails as a tool where it needs what a client would have to do for it', async () => {
    expect(await call('simulate-research-query', { topic: 'x' })).toMatchObject({
      state: 'failed',
      error: { code: 'tool_error' },
    });
    expect(await call('echo', { message: 'still there' })).toMatchObject({ state: 'succeeded' });
  });
});

describe('another server', () => {
  it('may be told where to write, and works with its node_modules as they are', { timeout: 5 * MINUTES }, async () => {
    const { version, install } = await installed(
      '@modelcontextprotocol/server-memory',
      ...['--no-bundle', '--env', 'MEMORY_FILE_PATH=/tmp/memory.jsonl'],
    );
    expect(version.verdict).not.toBe('rejected');
    const entity = { name: 'Ada', entityType: 'person', observations: ['writes programs'] };
    const created = await callTool(tenant, install.id, 'create_entities', { entities: [entity] });
    expect(created).toMatchObject({ state: 'succeeded' });
    // The same sandbox, kept for the same install.
    const found = await callTool(tenant, install.id, 'search_nodes', { query: 'Ada' });
    expect(found).toMatchObject({ state: 'succeeded', output: { entities: [entity] } });
  });

  it('is refused when it is none, or there is none', { timeout: 2 * MINUTES }, async () => {
    const pack = (name: string) => paddock(['pack', '--npm', name, '--name', publisher.slug, '--json']);
    const code = ({ stderr }: { stderr: string }) =>
      (JSON.parse(stderr.slice(stderr.indexOf('{\n'))) as { error: { code: string } }).error.code;
    expect(code(await pack('picocolors@1.1.1'))).toBe('package_unsupported');
    expect(code(await pack('semver@7.7.0'))).toBe('plugin_does_not_start');
    expect(code(await pack('../elsewhere'))).toBe('usage');
  });
});

/** Asks its host for everything that MCP clients may offer, and tells what came of it. */
const ASKING = `import { createInterface } from 'node:readline';
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
const waiting = new Map();
const ask = (method) => new Promise((resolve) => { waiting.set(method, resolve); send({ id: method, method, params: {} }); });
const tools = [{ name: 'ask', inputSchema: { type: 'object' } }];
createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, method, params, result, error } = JSON.parse(line);
  if (method === undefined) waiting.get(id)?.({ result, error });
  if (method === 'initialize') send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: { listChanged: true } }, serverInfo: { name: 'asks', version: '1' } } });
  if (method === 'tools/list') { send({ id, result: { tools } }); send({ method: 'notifications/tools/list_changed' }); }
  if (method === 'tools/call') {
    send({ method: 'notifications/resources/updated', params: { uri: 'demo://a' } });
    const answers = {};
    for (const asked of ['ping', 'roots/list', 'sampling/createMessage', 'elicitation/create']) answers[asked] = await ask(asked);
    send({ id, result: { content: [], structuredContent: answers } });
  }
});
`;

it('a server that asks for what a client may offer gets a pong, and else a typed refusal', async () => {
  const source = {
    main: ASKING,
    tools: { ask: { body: '' } },
  };
  const { tenant: asking, install } = await installedPlugin(stack, source);
  const refused = { error: { code: -32601, data: { code: 'host_service_unknown' } } };
  expect(await callTool(asking, install.id, 'ask')).toMatchObject({
    state: 'succeeded',
    output: {
      ping: { result: {} },
      'roots/list': refused,
      'sampling/createMessage': refused,
      'elicitation/create': refused,
    },
  });
});
