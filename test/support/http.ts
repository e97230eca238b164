/** Requests as they stand, for tests of what no honest client would send. */
import { request as httpRequest } from 'node:http';
import type { Readable } from 'node:stream';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The problem's code; undefined when the answer is none. */
  code: string | undefined;
  json: Record<string, unknown>;
}

export interface RawRequest {
  method?: string;
  key?: string | undefined;
  headers?: Record<string, string>;
  /** An object is sent as JSON, anything else as it is. */
  body?: unknown;
}

/** Sends a request to the API; `key` becomes its Authorization. */
export async function send(
  { apiUrl }: { apiUrl: string },
  path: string,
  { method = 'GET', key, headers = {}, body }: RawRequest = {},
): Promise<Answer> {
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(raw ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  });
  return answerOf(response.status, response.headers, await response.text());
}

/**
 * The same for a body that is streamed, with or without a Content-Length, or broken off.
 *
 * @returns the answer, or null when the connection ended without one.
 */
export function stream(
  { apiUrl }: { apiUrl: string },
  path: string,
  { key, headers, body }: { key: string; headers: Record<string, string>; body: Readable },
): Promise<Answer | null> {
  return new Promise((resolve) => {
    const request = httpRequest(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, ...headers },
    });
    request.once('error', () => resolve(null));
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', () => resolve(null));
      response.once('end', () => {
        const { statusCode = 0, headers: got } = response;
        resolve(
          answerOf(statusCode, new Headers(got as Record<string, string>), Buffer.concat(chunks).toString('utf8')),
        );
        request.destroy();
      });
    });
    body.once('error', () => request.destroy());
    body.pipe(request);
  });
}

function answerOf(status: number, headers: Headers, text: string): Answer {
  const isJson = /json/.test(headers.get('content-type') ?? '');
  const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status, headers, text, json, code: typeof json['code'] === 'string' ? json['code'] : undefined };
}
