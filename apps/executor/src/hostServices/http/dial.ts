/** One request to one address. The connection is its own: nothing is pooled, kept, proxied, decoded or followed here. */
import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { request as secureRequest, Agent as TlsAgent } from 'node:https';
import { HOST_LIMITS, PaddockError } from '@paddock/contracts';

export interface Hop {
  url: URL;
  method: string;
  /** By names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer | undefined;
  timeoutMs: number;
}

/**
 * Sends the request to that very address, under the URL's name, and resolves with the answer's headers read and its body not.
 *
 * @throws PaddockError `http_failed`, `http_timed_out`, `cancelled_by_caller`
 */
export function dial(address: string, hop: Hop, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body, timeoutMs } = hop;
  const secure = url.protocol === 'https:';
  const options = {
    // An address needs no look-up, so there is no second answer of the DNS that could be another one.
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method,
    setHost: false,
    headers: {
      ...headers,
      host: url.host,
      connection: 'close',
      ...(body === undefined ? {} : { 'content-length': body.length }),
    },
    maxHeaderSize: HOST_LIMITS.httpHeaderBytes,
    insecureHTTPParser: false,
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = secure
      ? secureRequest({ ...options, agent: new TlsAgent({ keepAlive: false }), servername: url.hostname })
      : plainRequest({ ...options, agent: new PlainAgent({ keepAlive: false }) });
    const timer = setTimeout(() => request.destroy(new PaddockError('http_timed_out')), timeoutMs);
    request.once('response', (response) => {
      clearTimeout(timer);
      // It may break off before anybody reads it, who then finds it destroyed.
      response.on('error', () => undefined);
      resolve(response);
    });
    // An upgrade, or an answer to CONNECT, that nobody asked for.
    for (const event of ['upgrade', 'connect'] as const)
      request.once(event, () => request.destroy(new PaddockError('http_failed')));
    // Whatever comes after the answer is the body reader's to see.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(asRefusal(error));
    });
    request.end(body);
  });
}

/** What went wrong on the wire, as the plugin may know it. */
export function asRefusal(error: Error & { code?: string }): PaddockError {
  if (error instanceof PaddockError) return error;
  if (error.name === 'AbortError') return new PaddockError('cancelled_by_caller');
  return new PaddockError('http_failed', error.code === undefined ? undefined : `${error.code}.`, { cause: error });
}
