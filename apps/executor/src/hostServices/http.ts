/**
 * `host/http`: fetches for a plugin what it may fetch. For each hop: a granted host? → resolved once, every address permitted?
 * → dialled at just that address → a redirect is a new hop, under the same rules. Nothing of the environment takes part.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  FORBIDDEN_HTTP_HEADERS,
  HOST_LIMITS,
  type HostParams,
  type HostResult,
  PaddockError,
} from '@paddock/contracts';
import { BodyReader } from './http/body.js';
import { dial, type Hop } from './http/dial.js';
import { type ResolveOptions, resolveOnce } from './http/resolve.js';
import type { HostService, ServedRun } from './service.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What goes along to another origin; an unknown header may be a credential. */
const HARMLESS_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-language',
  'content-type',
  'user-agent',
]);
const DEFAULT_HEADERS = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'paddock' };

export function httpService(
  { allowed, note }: ServedRun,
  { http }: { http: ResolveOptions },
): HostService<'host/http.fetch' | 'host/http.read' | 'host/http.close'> {
  const granted = new Set(allowed.http);
  const streams = new Map<string, BodyReader>();
  let hops = 0;

  /** One hop: checked, resolved, dialled. */
  const ask = async (hop: Hop, signal: AbortSignal): Promise<IncomingMessage> => {
    hops += 1;
    if (hops > HOST_LIMITS.httpFetches) throw new PaddockError('host_limit_exceeded', 'It has fetched too often.');
    const { url } = hop;
    if (!granted.has(url.hostname)) throw new PaddockError('capability_not_granted', `The host is ${url.host}.`);
    const address = await resolveOnce(url.hostname, http, signal);
    if (url.port !== '' && !http.addresses.isNamed(address))
      throw new PaddockError('http_url_invalid', 'Only the default ports of http and https are open.');
    note(`http ${url.hostname}`);
    return dial(address, hop, signal);
  };

  /** The answer to a request and its redirects, its body unread. */
  const follow = async (first: Hop, redirect: 'follow' | 'manual', signal: AbortSignal) => {
    let hop = first;
    for (let redirects = 0; ; redirects += 1) {
      const response = await ask(hop, signal).catch((error: unknown) => {
        throw redirects === 0 ? error : asRedirect(error);
      });
      const { location } = response.headers;
      if (redirect === 'manual' || location === undefined || !REDIRECTS.has(response.statusCode ?? 0))
        return { url: hop.url, response };
      response.destroy();
      if (redirects >= HOST_LIMITS.httpRedirects)
        throw new PaddockError('http_redirect_refused', `More than ${HOST_LIMITS.httpRedirects} in a row.`);
      hop = redirected(hop, location, response.statusCode);
    }
  };

  const streamOf = (streamId: string): BodyReader => {
    const stream = streams.get(streamId);
    if (stream === undefined) throw new PaddockError('host_handle_unknown');
    return stream;
  };

  return {
    handlers: {
      'host/http.fetch': async (params, { signal }) => {
        if (params.stream && streams.size >= HOST_LIMITS.httpOpenStreams)
          throw new PaddockError('host_limit_exceeded', `${HOST_LIMITS.httpOpenStreams} streams are open.`);
        const { url, response } = await follow(firstHop(params), params.redirect, signal);
        const maxBytes = params.stream ? HOST_LIMITS.httpStreamBytes : HOST_LIMITS.httpBodyBytes;
        const body = new BodyReader(response, maxBytes, params.timeoutMs);
        const answer = { url: url.href, status: response.statusCode ?? 0, headers: headersOf(response) };
        if (!params.stream) return { ...answer, ...textOrBase64(await body.readAll()) };
        const streamId = randomUUID();
        streams.set(streamId, body);
        return { ...answer, streamId };
      },
      'host/http.read': async ({ streamId, maxBytes }) => {
        const stream = streamOf(streamId);
        const { data, done } = await stream.read(maxBytes).catch((error: unknown) => {
          streams.delete(streamId);
          throw error;
        });
        if (done) streams.delete(streamId);
        return { dataBase64: data.toString('base64'), done };
      },
      'host/http.close': async ({ streamId }) => {
        streamOf(streamId).close();
        streams.delete(streamId);
        return {};
      },
    },
    close: async () => {
      for (const stream of streams.values()) stream.close();
      streams.clear();
    },
  };
}

/** @throws PaddockError `http_url_invalid`, `http_header_forbidden` */
function firstHop({ url, method, headers, bodyText, bodyBase64, timeoutMs }: HostParams<'host/http.fetch'>): Hop {
  const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const forbidden = Object.keys(lowered).find((name) => FORBIDDEN_HTTP_HEADERS.includes(name));
  if (forbidden !== undefined) throw new PaddockError('http_header_forbidden', `It is ${forbidden}.`);
  const body = bodyBase64 === undefined ? bodyText : Buffer.from(bodyBase64, 'base64');
  return {
    url: parseUrl(url),
    method,
    headers: { ...DEFAULT_HEADERS, ...lowered },
    body: body === undefined ? undefined : Buffer.from(body),
    timeoutMs,
  };
}

/** @throws PaddockError `http_url_invalid` */
function parseUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new PaddockError('http_url_invalid', 'It must be of http or https.');
  if (url.username !== '' || url.password !== '')
    throw new PaddockError('http_url_invalid', 'Credentials belong into a header.');
  return url;
}

/** The request that a redirect asks for. @throws PaddockError `http_redirect_refused` */
function redirected(hop: Hop, location: string, status: number | undefined): Hop {
  let url: URL;
  try {
    url = parseUrl(location, hop.url);
  } catch (error) {
    throw asRedirect(error);
  }
  if (hop.url.protocol === 'https:' && url.protocol === 'http:')
    throw new PaddockError('http_redirect_refused', 'It leads from https to http.');
  const headers =
    url.origin === hop.url.origin
      ? hop.headers
      : Object.fromEntries(Object.entries(hop.headers).filter(([name]) => HARMLESS_HEADERS.has(name)));
  // As browsers have it: 303 asks for a GET, and so do 301 and 302 after a POST.
  const becomesGet =
    status === 303 ? hop.method !== 'HEAD' : (status === 301 || status === 302) && hop.method === 'POST';
  if (!becomesGet) return { ...hop, url, headers };
  const { 'content-type': _type, 'content-language': _language, ...bodiless } = headers;
  return { ...hop, url, method: 'GET', headers: bodiless, body: undefined };
}

/** What would have refused the first hop refuses a redirect as such; an address stays what it is. */
function asRedirect(error: unknown): unknown {
  const refusal = error instanceof PaddockError && ['capability_not_granted', 'http_url_invalid'].includes(error.code);
  return refusal ? new PaddockError('http_redirect_refused', error.detail) : error;
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

function textOrBase64(body: Buffer): Pick<HostResult<'host/http.fetch'>, 'bodyText' | 'bodyBase64'> {
  try {
    return { bodyText: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { bodyBase64: body.toString('base64') };
  }
}
