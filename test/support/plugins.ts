/** Plugins for tests: made of a few lines of source or of a folder, signed, uploaded, published, installed. */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GeneratedKey,
  generateKeyPair,
  type PackedBundle,
  packBundle,
  publishStatement,
  signStatement,
} from '@paddock/bundle';
import { packFolder } from '@paddock/cli';
import { followVersion, type Install, type Run, unwrap, uploadVersion, type Version } from '@paddock/client';
import { splitPluginName } from '@paddock/contracts';
import { buildGoPlugin } from '@paddock/infra';
import type { TestOrganization, TestStack } from './stack.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

export interface ToolSource {
  description?: string;
  inputSchema?: object;
  outputSchema?: object;
  /** The body of `async (input, send, id) => result`; it runs in the sandbox. */
  body: string;
}

export interface PluginSource {
  /** How its name begins. */
  name?: string;
  version?: string;
  tools?: Record<string, ToolSource>;
  /** Over what is made of the rest. */
  manifest?: Record<string, unknown>;
  /** More files. */
  files?: Record<string, string | Uint8Array>;
  /** More files, with the mode of programs. */
  programs?: Record<string, Uint8Array>;
  /** In place of the program that serves `tools`. */
  main?: string;
}

const ANY_OBJECT = { type: 'object' };
const ECHO: Record<string, ToolSource> = { echo: { body: 'return input' } };

export interface TestPlugin {
  plugin: string;
  version: string;
  packed: PackedBundle;
}

/** A name that no other test's publisher has: what is named as another's plugin is, or nearly so, has findings for it. */
const ownName = (publisher: string, name: string) => `${name}-${publisher.split('-').at(-1)}`;

/** The manifest of a source; what `plugin.json` will hold. */
export function manifestOf(
  publisher: string,
  { name = 'sample', version = '1.0.0', tools = ECHO, manifest = {} }: PluginSource,
) {
  return {
    name: `${publisher}/${ownName(publisher, name)}`,
    version,
    description: 'A plugin of the tests.',
    runtime: 'node',
    entry: 'main.mjs',
    tools: Object.entries(tools).map(([tool, { description = tool, inputSchema = ANY_OBJECT, outputSchema }]) => ({
      name: tool,
      description,
      inputSchema,
      ...(outputSchema === undefined ? {} : { outputSchema }),
    })),
    ...manifest,
  };
}

/** Packs a source, without signing it. */
export async function packPlugin(publisher: string, source: PluginSource = {}): Promise<TestPlugin> {
  const manifest = manifestOf(publisher, source);
  const main = source.main ?? programOf(manifest.tools, source.tools ?? ECHO);
  const files = { 'plugin.json': JSON.stringify(manifest), 'main.mjs': main, ...source.files };
  const packed = await packBundle([
    ...Object.entries(files).map(([path, data]) => ({ path, data: typeof data === 'string' ? utf8(data) : data })),
    ...Object.entries(source.programs ?? {}).map(([path, data]) => ({ path, data, mode: 0o755 })),
  ]);
  return { plugin: manifest.name, version: String(manifest.version), packed };
}

/** A program that speaks the protocol by hand, so that a test controls every byte. */
export function programOf(declared: unknown, tools: Record<string, ToolSource>): string {
  const bodies = Object.entries(tools).map(
    ([tool, { body }]) => `${JSON.stringify(tool)}: async (input, send, id) => { ${body} }`,
  );
  return `import { createInterface } from 'node:readline';
const declared = ${JSON.stringify(declared)};
const tools = { ${bodies.join(',\n')} };
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'test', version: '1' } } });
  if (method === 'tools/list') send({ id, result: { tools: declared } });
  if (method === 'tools/call') {
    const result = await tools[params.name](params.arguments, send, id);
    if (result !== undefined) send({ id, result: { content: [], structuredContent: result } });
  }
});
`;
}

export interface SigningOptions {
  key?: GeneratedKey;
  /** What the statement names, in place of the truth. */
  statement?: Partial<Parameters<typeof publishStatement>[0]>;
}

/** The envelope over a packed plugin, as JSON text. */
export async function signPlugin(
  { plugin, version, packed }: TestPlugin,
  { key, statement }: SigningOptions & { key: GeneratedKey },
): Promise<string> {
  const signed = publishStatement({ plugin, version, files: packed.files, sha256: packed.sha256, ...statement });
  return JSON.stringify(await signStatement(signed, key.privateKeyPem, key.keyId));
}

/** A new key that `organization` has registered. */
export async function registerKey(organization: TestOrganization, name = 'test key'): Promise<GeneratedKey> {
  const key = await generateKeyPair();
  await unwrap(organization.client.POST('/v1/signing-keys', { body: { name, publicKey: key.publicKey } }));
  return key;
}

/** Uploads a source under a new key of `publisher`, and follows it to its verdict. */
export async function verifiedPlugin(
  stack: TestStack,
  publisher: TestOrganization,
  source: PluginSource = {},
): Promise<Version> {
  return upload(stack, publisher, await packPlugin(publisher.slug, source));
}

async function upload(stack: TestStack, publisher: TestOrganization, made: TestPlugin): Promise<Version> {
  const key = await registerKey(publisher);
  const signature = await signPlugin(made, { key });
  const uploaded = await uploadVersion(
    { url: stack.apiUrl, apiKey: publisher.apiKey },
    { signature, bundle: new Blob([made.packed.bytes as Uint8Array<ArrayBuffer>]) },
  );
  return followVersion(publisher.client, uploaded.id);
}

/** The same, published by the admin whatever its verdict. */
export async function publishedPlugin(
  stack: TestStack,
  publisher: TestOrganization,
  source: PluginSource = {},
): Promise<Version> {
  return publish(stack, await verifiedPlugin(stack, publisher, source));
}

/**
 * A folder, packed as `paddock pack` does under the publisher's own name, uploaded, and published by the admin whatever its
 * verdict. A Go program is built first.
 */
export async function publishedFolder(stack: TestStack, publisher: TestOrganization, folder: string): Promise<Version> {
  const copy = await mkdtemp(join(tmpdir(), 'paddock-plugin-'));
  try {
    await cp(folder, copy, { recursive: true });
    const file = join(copy, 'plugin.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as { name: string; version: string; entry: string };
    const plugin = `${publisher.slug}/${splitPluginName(manifest.name).name}`;
    await writeFile(file, JSON.stringify({ ...manifest, name: plugin }));
    if (existsSync(join(folder, 'go.mod'))) await buildGoPlugin(folder, join(copy, manifest.entry));
    const packed = await packFolder(copy);
    return await publish(stack, await upload(stack, publisher, { plugin, version: manifest.version, packed }));
  } finally {
    await rm(copy, { recursive: true });
  }
}

function publish(stack: TestStack, version: Version): Promise<Version> {
  return unwrap(
    stack.admin.client.POST('/v1/versions/{id}/publish', {
      params: { path: { id: version.id } },
      body: { sha256: version.sha256 },
    }),
  );
}

/** A new publisher's plugin, published and installed by a new tenant. */
export async function installedPlugin(
  stack: TestStack,
  source: PluginSource = {},
  install: Record<string, unknown> = {},
): Promise<{ tenant: TestOrganization; publisher: TestOrganization; version: Version; install: Install }> {
  const [publisher, tenant] = await Promise.all([
    stack.createOrganization('publisher'),
    stack.createOrganization('tenant'),
  ]);
  const version = await publishedPlugin(stack, publisher, source);
  return {
    publisher,
    tenant,
    version,
    install: await unwrap(tenant.client.POST('/v1/installs', { body: { plugin: version.plugin, ...install } })),
  };
}

export interface CallOptions {
  /** Seconds to wait for the run's end; 0 does not wait. */
  wait?: number;
  timeoutMs?: number;
  idempotencyKey?: string;
}

/** Calls a tool, and waits for the run's end unless told otherwise. */
export function callTool(
  tenant: TestOrganization,
  installId: string,
  tool: string,
  input: Record<string, unknown> = {},
  { wait = 30, timeoutMs, idempotencyKey }: CallOptions = {},
): Promise<Run> {
  return unwrap(
    tenant.client.POST('/v1/installs/{id}/tools/{tool}/runs', {
      params: {
        path: { id: installId, tool },
        header: {
          ...(wait > 0 ? { Prefer: `wait=${wait}` } : {}),
          ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
        },
      },
      body: { input, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    }),
  );
}
