/** What a plugin can and can't reach through `host/http`, on a stack whose names a test answers. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { changingName, nameOf, startTestDns, type TestDns } from '../support/dns.js';
import { ASK, ASK_TOOL } from '../support/hostCalls.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';

type Made = Awaited<ReturnType<typeof installedPlugin>>;
interface Answer {
  refused?: string;
  status?: number;
  bodyText?: string;
  headers?: Record<string, string>;
  url?: string;
  streamId?: string;
  dataBase64?: string;
  done?: boolean;
}

/** The operator named this one; everything else of 127/8 stays forbidden. */
const OPEN = '127.0.0.2';
const INSIDE = '127.0.0.1';

const FORBIDDEN: Record<string, string[]> = {
  loopback: ['127.0.0.1', '127.0.0.3', '::1'],
  unspecified: ['0.0.0.0', '::'],
  private: ['10.0.0.1', '172.16.0.1', '192.168.0.1', 'fd00::1'],
  'link-local and metadata': ['169.254.169.254', 'fe80::1', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16'],
  'carrier-grade NAT': ['100.64.0.1'],
  multicast: ['224.0.0.1', 'ff02::1'],
  broadcast: ['255.255.255.255'],
  'mapped IPv4': ['::ffff:7f00:1', '::ffff:7f00:2'],
  NAT64: ['64:ff9b::7f00:2', '64:ff9b:1::7f00:2'],
  '6to4 and Teredo': ['2002:7f00:2::1', '2001::1'],
};

/** Reads a body to its end, in pieces. */
const STREAM_TOOL = {
  body: `${ASK}
const { status, streamId } = await ask('host/http.fetch', { url: input.url, stream: true });
const sizes = [];
for (let done = false; !done; ) {
  const piece = await ask('host/http.read', { streamId, maxBytes: 100_000 });
  sizes.push(Buffer.from(piece.dataBase64, 'base64').length);
  done = piece.done;
}
return { status, streamId, bytes: sizes.reduce((sum, size) => sum + size, 0), most: Math.max(...sizes) };`,
};

let dns: TestDns;
let stack: OwnStack;
let open: Server;
let inside: Server;
let port: number;
let seen: IncomingMessage[] = [];
let insideSeen = 0;
let made: Made;

const good = nameOf('good', OPEN);
const other = nameOf('other', OPEN);
const ungranted = nameOf('ungranted', OPEN);
const forbiddenNames = Object.entries(FORBIDDEN).flatMap(([range, addresses]) =>
  addresses.map(
    (address, n) => [range, address, nameOf(`f${n}-${range.replaceAll(/\W+/g, '-').toLowerCase()}`, address)] as const,
  ),
);
const mixed = nameOf('mixed', OPEN, INSIDE);
const mixed6 = nameOf('mixed6', OPEN, '::1');
const rebinding = changingName('rebinding', OPEN, INSIDE);
const rebindingBack = changingName('rebinding-back', INSIDE, OPEN);
const publicName = nameOf('public', '93.184.215.14');
const missing = 'none.example.test';

async function listen(server: Server, address: string, at: number): Promise<number> {
  server.listen(at, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  dns = await startTestDns();
  inside = createServer((_request, response) => {
    insideSeen += 1;
    response.end('inside');
  });
  open = createServer((request, response) => {
    seen.push(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/redirect')
      response.writeHead(Number(searchParams.get('status') ?? 302), { location: searchParams.get('to') ?? '' }).end();
    else if (pathname === '/large') response.end('x'.repeat(Number(searchParams.get('bytes'))));
    else if (pathname === '/binary') response.end(Buffer.from([0xff, 0xfe, 0x00]));
    else if (pathname === '/silent') return;
    else if (pathname === '/stalls') response.write('some');
    else if (pathname === '/breaks') {
      response.write('some');
      setTimeout(() => response.destroy(), 50);
    } else request.pipe(response.writeHead(200, { 'content-type': 'text/plain', 'x-method': request.method ?? '' }));
  });
  port = await listen(open, OPEN, 0);
  await listen(inside, INSIDE, port);
  stack = await startOwnStack({
    environment: { PADDOCK_FETCH_ALLOWED_NETWORKS: `${OPEN}/32`, PADDOCK_FETCH_DNS_SERVERS: dns.address },
  });
  const http = [
    good,
    other,
    mixed,
    mixed6,
    rebinding,
    rebindingBack,
    publicName,
    missing,
    ...forbiddenNames.map(([, , name]) => name),
  ];
  made = await installedPlugin(
    stack,
    { tools: { ask: ASK_TOOL, stream: STREAM_TOOL }, manifest: { capabilities: { http: [...http, ungranted] } } },
    { grants: { http } },
  );
  return async () => {
    await stack.end();
    for (const server of [open, inside]) {
      server.closeAllConnections();
      server.close();
    }
    dns.close();
  };
});
beforeEach(() => {
  seen = [];
  insideSeen = 0;
});
afterAll(() => expect(insideSeen).toBe(0));

const ask = async (...calls: [string, object][]) => {
  const run = await callTool(made.tenant, made.install.id, 'ask', { calls });
  expect(run).toMatchObject({ state: 'succeeded' });
  return { run, answers: (run.output as { answers: Answer[] }).answers };
};
const fetchOf = async (url: string, more: object = {}) => {
  const { run, answers } = await ask(['host/http.fetch', { url, ...more }]);
  return { run, answer: answers[0] as Answer };
};
const at = (name: string, path = '/') => `http://${name}:${port}${path}`;
const redirect = (to: string, status = 302) => at(good, `/redirect?status=${status}&to=${encodeURIComponent(to)}`);
const refusals = async (runId: string) =>
  (
    await rows<{ data: { code: string } }>(
      stack,
      `SELECT data FROM audit_events WHERE event = 'host_service.refused' AND subject_id = $1 ORDER BY id`,
      [runId],
    )
  ).map(({ data }) => data.code);

describe('host/http', () => {
  it('fetches from a host that is granted, and the trail tells from which', async () => {
    const { run, answer } = await fetchOf(at(good, '/path?q=1#hash'), {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', Authorization: 'Bearer x' },
      bodyText: 'Grüße',
    });
    expect(answer).toMatchObject({ status: 200, bodyText: 'Grüße', headers: { 'x-method': 'POST' } });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.url).toBe('/path?q=1');
    expect(seen[0]?.headers).toMatchObject({
      host: `${good}:${port}`,
      authorization: 'Bearer x',
      'accept-encoding': 'identity',
    });
    const [settled] = await rows<{ data: { hostServices: object } }>(
      stack,
      `SELECT data FROM audit_events WHERE event = 'run.settled' AND subject_id = $1`,
      [run.id],
    );
    expect(settled?.data.hostServices).toEqual({ 'http.fetch': 1, [`http ${good}`]: 1 });
    const binary = await fetchOf(at(good, '/binary'));
    expect(binary.answer).toMatchObject({ bodyBase64: '//4A' });
  });

  it('streams a body that is too large to be given whole', async () => {
    const bytes = 5_000_000;
    expect((await fetchOf(at(good, `/large?bytes=${bytes}`))).answer).toEqual({ refused: 'http_body_too_large' });
    const run = await callTool(made.tenant, made.install.id, 'stream', { url: at(good, `/large?bytes=${bytes}`) });
    expect(run).toMatchObject({ state: 'succeeded', output: { status: 200, bytes, most: expect.any(Number) } });
    const { most, streamId } = run.output as { most: number; streamId: string };
    expect(most).toBeLessThanOrEqual(100_000);
    // Another run knows nothing of it.
    const { answers } = await ask(['host/http.read', { streamId }]);
    expect(answers).toEqual([{ refused: 'host_handle_unknown' }]);
  });

  it('gives up on who does not answer, stalls or breaks off', async () => {
    expect((await fetchOf(at(good, '/silent'), { timeoutMs: 300 })).answer).toEqual({ refused: 'http_timed_out' });
    expect((await fetchOf(at(good, '/stalls'), { timeoutMs: 300 })).answer).toEqual({ refused: 'http_timed_out' });
    expect((await fetchOf(at(good, '/breaks'))).answer).toEqual({ refused: 'http_failed' });
    expect((await fetchOf(at(missing))).answer).toEqual({ refused: 'http_name_unresolved' });
  });

  it('takes no URL, method or header but plain ones', async () => {
    const { answers } = await ask(
      ...['file:///etc/passwd', 'gopher://x.example.test/', `http://user:pass@${good}/`, 'nonsense'].map(
        (url) => ['host/http.fetch', { url }] as [string, object],
      ),
      ...['Host', 'Connection', 'Transfer-Encoding', 'content-length', 'Proxy-Authorization', 'Upgrade'].map(
        (name) => ['host/http.fetch', { url: at(good), headers: { [name]: 'x' } }] as [string, object],
      ),
      ['host/http.fetch', { url: at(good), method: 'CONNECT' }],
      ['host/http.fetch', { url: at(good), headers: { 'x-a': 'one\r\nHost: two' } }],
      ['host/http.fetch', { url: at(good), method: 'GET', bodyText: 'x' }],
    );
    expect(answers.map(({ refused }) => refused)).toEqual([
      ...Array.from({ length: 4 }, () => 'http_url_invalid'),
      ...Array.from({ length: 6 }, () => 'http_header_forbidden'),
      ...Array.from({ length: 3 }, () => 'host_params_invalid'),
    ]);
    expect(seen).toHaveLength(0);
  });
});

describe('an address that is not public', () => {
  it.each(Object.keys(FORBIDDEN))('is not reached by a name: %s', async (range) => {
    const names = forbiddenNames.filter(([each]) => each === range);
    const { run, answers } = await ask(
      ...names.map(([, , name]) => ['host/http.fetch', { url: at(name) }] as [string, object]),
    );
    expect(answers).toEqual(names.map(() => ({ refused: 'http_address_forbidden' })));
    expect(await refusals(run.id)).toEqual(names.map(() => 'http_address_forbidden'));
  });

  it('is not reached where a public one is beside it', async () => {
    for (const name of [mixed, mixed6])
      expect((await fetchOf(at(name))).answer).toEqual({ refused: 'http_address_forbidden' });
    expect(seen).toHaveLength(0);
  });

  it('is not reached by writing it down, in whatever way', async () => {
    const urls = [
      ...['127.0.0.1', '2130706433', '0x7f000001', '017700000001', '127.1', '[::1]', '[::ffff:127.0.0.1]'],
      ...['169.254.169.254', 'localhost', '127.0.0.2', `${good}.`, '①②⑦.⓪.⓪.①'],
    ].map((host) => `http://${host}:${port}/`);
    const { answers } = await ask(...urls.map((url) => ['host/http.fetch', { url }] as [string, object]));
    expect(answers).toEqual(urls.map(() => ({ refused: 'capability_not_granted' })));
    expect(seen).toHaveLength(0);
  });

  it('is not reached by an answer that changes', async () => {
    // What was checked is what is dialled: the name is asked for once, and a later answer is checked anew.
    expect((await fetchOf(at(rebinding, '/first'))).answer).toMatchObject({ status: 200 });
    expect(dns.asked(rebinding)).toBe(1);
    expect((await fetchOf(at(rebinding))).answer).toEqual({ refused: 'http_address_forbidden' });
    expect((await fetchOf(at(rebindingBack))).answer).toEqual({ refused: 'http_address_forbidden' });
    expect(seen.map(({ url }) => url)).toEqual(['/first']);
  });
});

describe('a host that is not granted', () => {
  it('is not reached, although it is declared', async () => {
    const { run, answer } = await fetchOf(at(ungranted));
    expect(answer).toEqual({ refused: 'capability_not_granted' });
    expect(await refusals(run.id)).toEqual(['capability_not_granted']);
    expect(dns.asked(ungranted)).toBe(0);
  });

  it('is not spoken to on another port than http’s or https’s where it is public', async () => {
    expect((await fetchOf(at(publicName))).answer).toEqual({ refused: 'http_url_invalid' });
    expect(dns.asked(publicName)).toBe(1);
  });
});

describe('a redirect', () => {
  it('is followed to a host that is granted, without what might be credentials', async () => {
    const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k', accept: 'text/plain' };
    const there = await fetchOf(redirect(at(other, '/there')), { method: 'POST', bodyText: 'x', headers });
    expect(there.answer).toMatchObject({ status: 200, url: at(other, '/there'), headers: { 'x-method': 'GET' } });
    expect(seen[0]?.headers).toMatchObject(headers);
    const { authorization, cookie, accept, ...rest } = seen[1]?.headers ?? {};
    expect([authorization, cookie, rest['x-api-key'], accept]).toEqual([undefined, undefined, undefined, 'text/plain']);
    const kept = await fetchOf(redirect('/here', 307), { method: 'POST', bodyText: 'x', headers });
    expect(kept.answer).toMatchObject({ bodyText: 'x', headers: { 'x-method': 'POST' } });
    expect(seen[3]?.headers).toMatchObject(headers);
    expect((await fetchOf(redirect(at(other)), { redirect: 'manual' })).answer).toMatchObject({ status: 302 });
  });

  it.each([
    ['a host that is not granted', () => at(ungranted), 'http_redirect_refused'],
    ['an address', () => `http://${INSIDE}:${port}/`, 'http_redirect_refused'],
    ['a metadata service', () => 'http://169.254.169.254/latest/meta-data/', 'http_redirect_refused'],
    ['another scheme', () => 'file:///etc/passwd', 'http_redirect_refused'],
    ['credentials', () => `http://a:b@${other}:${port}/`, 'http_redirect_refused'],
    ['a granted name of a forbidden address', () => at(forbiddenNames[0]?.[2] ?? ''), 'http_address_forbidden'],
    ['itself, for ever', () => at(good, `/redirect?to=${encodeURIComponent('?to=')}`), 'http_redirect_refused'],
  ])('is not followed to %s', async (_, to, code) => {
    const { run, answer } = await fetchOf(redirect(to()));
    expect(answer).toEqual({ refused: code });
    expect(await refusals(run.id)).toEqual([code]);
  });
});
