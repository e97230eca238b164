/** What the host does for a plugin, over one function that asks it. Each method is a request of the wire; nothing is kept here. */
import { Buffer } from 'node:buffer';
import type { JsonObject } from './tool.js';

const CHUNK_BYTES = 1024 * 1024;

type Call = (method: string, params: JsonObject) => Promise<unknown>;

/**
 * The host services, as far as the manifest declares them and the tenant grants them. Each rejects with a `HostError` that has
 * the host's code, such as `capability_not_granted`.
 */
export interface HostServices {
  /** Asks the host by a service's name on the wire: `call('kv.get', { key: 'a' })`. */
  call(method: string, params?: JsonObject): Promise<unknown>;
  readonly http: {
    /** Asks a host that was granted. The body comes whole; `fetchStream` gives it piece by piece. */
    fetch(url: string, options?: FetchOptions): Promise<HttpResponse>;
    fetchStream(url: string, options?: FetchOptions): Promise<HttpStream>;
  };
  /** A key-value store of the install's own. */
  readonly kv: {
    /** Null when there is no such key. */
    get(key: string): Promise<{ value: unknown; version: number } | null>;
    /** Rejects with `kv_conflict` unless the key has version `ifVersion`; null: there must be no such key. */
    put(
      key: string,
      value: unknown,
      options?: { ttlMs?: number; ifVersion?: number | null },
    ): Promise<{ version: number }>;
    /** Whether there was such a key. */
    delete(key: string, options?: { ifVersion?: number }): Promise<boolean>;
    /** One page; without a cursor, the last. */
    list(options?: {
      prefix?: string;
      limit?: number;
      cursor?: string;
    }): Promise<{ entries: { key: string; version: number }[]; cursor?: string }>;
  };
  readonly secrets: { get(name: string): Promise<string> };
  readonly blob: {
    /** An input blob, piece by piece. */
    read(name: string): AsyncIterable<Uint8Array>;
    create(name: string, contentType?: string): Promise<BlobWriter>;
  };
  readonly clock: { now(): Promise<{ unixMs: number; remainingMs: number }> };
}

export interface FetchOptions {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Until the answer's headers, and between two pieces of its body. */
  timeoutMs?: number;
  redirect?: 'follow' | 'manual';
}
export interface HttpHead {
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Record<string, string>;
}
export interface HttpResponse extends HttpHead {
  readonly body: Uint8Array;
  text(): string;
  json(): unknown;
}
export interface HttpStream extends HttpHead {
  /** To be read to its end, or left with `break`: both let go of it. */
  readonly body: AsyncIterable<Uint8Array>;
}
/** An output blob. One that is not finished when the run ends is dropped. */
export interface BlobWriter {
  write(data: Uint8Array | string): Promise<void>;
  finish(): Promise<{ sha256: string; bytes: number }>;
}

export function hostServices(call: Call): HostServices {
  /** The wire's answers have the form that contracts say; the host is trusted, so they are not checked again. */
  const ask = async <T>(method: string, params: object): Promise<T> => (await call(method, { ...params })) as T;
  return {
    call: (method, params = {}) => call(method, params),
    http: {
      fetch: async (url, options) => {
        const { bodyText, bodyBase64, ...head } = await ask<Answer>('http.fetch', requestOf(url, options));
        const body = bodyText === undefined ? decode(bodyBase64 ?? '') : Buffer.from(bodyText);
        const text = () => Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
        return { ...head, body, text, json: () => JSON.parse(text()) as unknown };
      },
      fetchStream: async (url, options) => {
        const { streamId, ...head } = await ask<Answer>('http.fetch', { ...requestOf(url, options), stream: true });
        return { ...head, body: streamed(ask, streamId ?? '') };
      },
    },
    kv: {
      get: async (key) => {
        const { found, value, version } = await ask<Found>('kv.get', { key });
        return found ? { value, version } : null;
      },
      put: (key, value, options) => ask('kv.put', { ...options, key, value }),
      delete: async (key, options) => (await ask<{ deleted: boolean }>('kv.delete', { ...options, key })).deleted,
      list: (options = {}) => ask('kv.list', options),
    },
    secrets: { get: async (name) => (await ask<{ value: string }>('secrets.get', { name })).value },
    blob: {
      read: (name) => blobPieces(ask, name),
      create: async (name, contentType) => {
        const params = contentType === undefined ? { name } : { name, contentType };
        const { blobId } = await ask<{ blobId: string }>('blob.create', params);
        return { write: (data) => writeBlob(ask, blobId, data), finish: () => ask('blob.finish', { blobId }) };
      },
    },
    clock: { now: () => ask('clock.now', {}) },
  };
}

type Ask = <T>(method: string, params: object) => Promise<T>;
type Answer = HttpHead & { bodyText?: string; bodyBase64?: string; streamId?: string };
type Found = { found: boolean; value: unknown; version: number };
type Piece = { dataBase64: string; done: boolean };

function requestOf(url: string, { body, ...rest }: FetchOptions = {}): object {
  if (body === undefined) return { url, ...rest };
  return { url, ...rest, ...(typeof body === 'string' ? { bodyText: body } : { bodyBase64: encode(body) }) };
}

async function* streamed(ask: Ask, streamId: string): AsyncGenerator<Uint8Array> {
  let isDone = false;
  try {
    while (!isDone) {
      const piece = await ask<Piece>('http.read', { streamId });
      isDone = piece.done;
      yield decode(piece.dataBase64);
    }
  } finally {
    if (!isDone) await ask('http.close', { streamId });
  }
}

async function* blobPieces(ask: Ask, name: string): AsyncGenerator<Uint8Array> {
  for (let offset = 0, isDone = false; !isDone; ) {
    const piece = await ask<Piece>('blob.read', { name, offset });
    const data = decode(piece.dataBase64);
    offset += data.length;
    isDone = piece.done;
    yield data;
  }
}

async function writeBlob(ask: Ask, blobId: string, data: Uint8Array | string): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    await ask('blob.write', { blobId, dataBase64: encode(bytes.subarray(at, at + CHUNK_BYTES)) });
}

const encode = (data: Uint8Array): string =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
const decode = (text: string): Uint8Array => Buffer.from(text, 'base64');
