/** Each SDK against a host of the test's own, which holds every request against the contracts. They are ours, so they run here. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HOST_SERVICES, type HostMethod } from '@paddock/contracts';
import { buildGoPlugin } from '@paddock/infra';
import { expect, it } from 'vitest';

const at = (path: string) => new URL(`../${path}`, import.meta.url).pathname;
const base64 = (text: string) => Buffer.from(text).toString('base64');

type Params = Record<string, unknown>;
class Refusal extends Error {}

/** What the host answers, as far as its services' schemas leave it open. */
class Host {
  readonly asked = new Set<string>();
  private readonly bodies = new Map<string, string[]>();
  private written = 0;

  answer(method: HostMethod, params: Params): unknown {
    this.asked.add(method);
    const checked = HOST_SERVICES[method].params.parse(params) as Params;
    return HOST_SERVICES[method].result.parse(this.result(method, checked));
  }

  private result(method: HostMethod, params: Params): unknown {
    const key = String(params['key']);
    switch (method) {
      case 'host/http.fetch':
        return this.fetched(params);
      case 'host/http.read': {
        const pieces = this.bodies.get(String(params['streamId'])) ?? [];
        return { dataBase64: base64(pieces.shift() ?? ''), done: pieces.length === 0 };
      }
      case 'host/kv.get':
        return key === 'present' ? { found: true, value: { deep: ['ü'] }, version: 5 } : { found: false };
      case 'host/kv.put':
        if (params['ifVersion'] === 7) throw new Refusal('kv_conflict');
        return { version: params['ifVersion'] === null ? 1 : Number(params['ttlMs'] ?? 0) / 30_000 };
      case 'host/kv.delete':
        return { deleted: params['ifVersion'] === 1 };
      case 'host/kv.list':
        return {
          entries: ['p1', 'p2'].map((name) => ({ key: name, version: 1 })),
          cursor: `${String(params['prefix'])}2`,
        };
      case 'host/secrets.get':
        if (params['name'] !== 'TOKEN') throw new Refusal('capability_not_granted');
        return { value: 'swordfish' };
      case 'host/blob.read':
        return params['offset'] === 0
          ? { dataBase64: base64('a,b\n'), size: 8, done: false }
          : { dataBase64: base64('1,2\n'), size: 8, done: true };
      case 'host/blob.create':
        return { blobId: `${String(params['name'])} as ${String(params['contentType'])}` };
      case 'host/blob.write':
        expect(params['blobId']).toBe('out.csv as text/csv');
        this.written += Buffer.from(String(params['dataBase64']), 'base64').length;
        return {};
      case 'host/blob.finish':
        return { sha256: '0'.repeat(64), bytes: this.written };
      case 'host/clock.now':
        return { unixMs: 1_700_000_000_000, remainingMs: 4000 };
      default:
        return {};
    }
  }

  private fetched({ url, headers, stream, bodyText, bodyBase64 }: Params): unknown {
    const name = String(url).split('/').at(-1) ?? '';
    const sent = bodyText ?? (typeof bodyBase64 === 'string' ? Buffer.from(bodyBase64, 'base64').toString() : '');
    if (name === 'whole') expect(headers).toEqual({ accept: 'text/plain' });
    const pieces = name === 'stream' ? ['one,', 'two'] : ['über'];
    const head = { url, status: 200, headers: { 'x-echo': sent } };
    if (!stream) return { ...head, bodyText: pieces.join('') };
    this.bodies.set(name, pieces);
    return { ...head, streamId: name };
  }
}

/** Calls `everything` of a program, and answers its result. */
async function callEverything(
  command: string,
  args: string[],
  env: Record<string, string>,
  host: Host,
): Promise<unknown> {
  const program = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const send = (message: object) => program.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const params = { name: 'everything', arguments: {}, _meta: { 'paddock.dev/remainingMs': 60_000 } };
  send({ id: 1, method: 'tools/call', params });
  try {
    for await (const line of createInterface({ input: program.stdout })) {
      const message = JSON.parse(line) as { id?: unknown; method?: HostMethod; params: Params; result?: unknown };
      if (message.id === 1) return message.result;
      if (message.method === undefined || message.id === undefined) continue;
      try {
        send({ id: message.id, result: host.answer(message.method, message.params) });
      } catch (error) {
        const code = error instanceof Refusal ? error.message : 'host_params_invalid';
        send({ id: message.id, error: { code: -32000, message: String(error), data: { code } } });
      }
    }
    throw new Error('it ended without an answer');
  } finally {
    program.stdin.end();
    await new Promise((resolve) => (program.exitCode === null ? program.once('exit', resolve) : resolve(null)));
  }
}

const EVERYTHING = {
  whole: 'über',
  posted: [200, 'ping'],
  streamed: 'one,two',
  absent: true,
  present: [{ deep: ['ü'] }, 5],
  put: 2,
  created: 1,
  conflict: 'kv_conflict',
  deleted: true,
  listed: [['p1', 'p2'], 'p2'],
  secret: 'swordfish',
  refused: 'capability_not_granted',
  read: 'a,b\n1,2\n',
  now: [1_700_000_000_000, 4000],
  written: 1_500_000,
};

const programs = {
  node: async () => ({ command: process.execPath, args: [at('fixtures/sdks/node.mjs')], env: {} }),
  python: async () => ({
    command: '/usr/bin/python3',
    args: ['-B', at('fixtures/sdks/python.py')],
    env: { PYTHONPATH: at('../packages/plugin-sdk/python') },
  }),
  go: async (folder: string) => {
    await buildGoPlugin(at('fixtures/sdks/go'), join(folder, 'plugin'));
    return { command: join(folder, 'plugin'), args: [], env: {} };
  },
};

it.each(Object.entries(programs))(
  'the SDK for %s asks every host service by its contract',
  async (_name, prepare) => {
    const folder = await mkdtemp(join(tmpdir(), 'paddock-sdk-'));
    try {
      const { command, args, env } = await prepare(folder);
      const host = new Host();
      const result = await callEverything(command, args, env, host);
      expect(result).toMatchObject({ structuredContent: EVERYTHING });
      // A log line and progress are MCP's own notifications; a stream is closed only by who leaves it early.
      const others = ['host/log', 'host/progress', 'host/http.close'];
      expect([...host.asked].sort()).toEqual(
        Object.keys(HOST_SERVICES)
          .filter((name) => !others.includes(name))
          .sort(),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  300_000,
);
