/**
 * The host services: every request that a plugin may send to its host, the form of its params and of its answer, and the
 * capability that it takes. This is the authority for the SDKs and for the executor alike. Each is a JSON-RPC request under
 * the name that stands here; a refusal carries its code in `error.data.code`.
 */
import { z } from 'zod';
import { type Capabilities, SecretName } from './capabilities.js';
import type { ErrorCode } from './errors.js';
import { isStorableJson } from './storableJson.js';

const KiB = 1024;
const MiB = 1024 * KiB;

/** What one run may ask of the host, whatever it is granted. Sizes are bytes, of content and not of its base64. */
export const HOST_LIMITS = {
  /** Requests in flight; while there are more, nothing is read from the plugin. */
  inFlight: 16,
  calls: 10_000,
  /** What the plugin's requests may weigh together, and what its answers may, as JSON. */
  requestBytes: 64 * MiB,
  answerBytes: 256 * MiB,

  /** A redirect followed counts as a fetch. */
  httpFetches: 200,
  httpOpenStreams: 8,
  httpRedirects: 5,
  httpUrlCharacters: 8 * KiB,
  httpHeaders: 64,
  httpHeaderBytes: 16 * KiB,
  httpRequestBytes: 2 * MiB,
  /** An answer given whole; a larger one is to be streamed. */
  httpBodyBytes: 2 * MiB,
  httpStreamBytes: 64 * MiB,
  httpTimeoutMs: 10_000,
  httpTimeoutMaxMs: 60_000,

  /** A key is this many UTF-16 units at most. */
  kvKeyCharacters: 512,
  kvValueBytes: 256 * KiB,
  kvListEntries: 1000,
  kvTtlMaxMs: 10 * 365 * 86_400_000,
  /** Of one install: its keys, and the bytes of keys and values together. */
  kvKeys: 10_000,
  kvBytes: 16 * MiB,

  secretCharacters: 16 * KiB,
  secretsOfInstall: 64,

  blobInputs: 16,
  blobOutputs: 16,
  blobBytes: 32 * MiB,
  /** One piece that is read or written. */
  chunkBytes: 1 * MiB,
  /** What an organization may keep. */
  blobBytesOfOrganization: 1024 * MiB,

  logCharacters: 4 * KiB,
} as const;

const Empty = z.strictObject({});
const Base64 = (maxBytes: number) =>
  z
    .string()
    .max(Math.ceil(maxBytes / 3) * 4)
    .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'base64 with its padding');
const ChunkBytes = z.int().min(1).max(HOST_LIMITS.chunkBytes).default(HOST_LIMITS.chunkBytes);
const HandleId = z.string().min(1).max(64);

const KvText = z
  .string()
  .max(HOST_LIMITS.kvKeyCharacters)
  .refine(isStorableJson, 'holds a NUL character or half a surrogate pair');
export const KvKey = KvText.min(1);
/** Raised with each write and never used twice for a key, not even after its deletion. */
export const KvVersion = z.int().min(1);
/** The name under which a run is given a blob, or gives one. */
export const BlobName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'letters, digits, ., _ and -, at most 128, a letter or digit first');
export const ContentType = z
  .string()
  .max(127)
  .regex(/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/, 'a media type such as text/csv');
/** Long enough that what is kept from the log is the secret and not a common word. */
export const SecretValue = z.string().min(4).max(HOST_LIMITS.secretCharacters);

export const HttpHeaders = z
  .record(
    z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/, 'a header’s name'),
    z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'a header’s value: one line of Latin-1'),
  )
  .refine((headers) => Object.keys(headers).length <= HOST_LIMITS.httpHeaders, 'too many headers')
  .refine(
    (headers) => Object.entries(headers).flat().join('').length <= HOST_LIMITS.httpHeaderBytes,
    'too large headers',
  );

/** Set by the host alone: they steer the connection, or say who is asked. */
export const FORBIDDEN_HTTP_HEADERS: readonly string[] = [
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
];

const HttpFetch = z
  .strictObject({
    url: z.string().max(HOST_LIMITS.httpUrlCharacters),
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
    headers: HttpHeaders.default({}),
    bodyText: z.string().max(HOST_LIMITS.httpRequestBytes).optional(),
    bodyBase64: Base64(HOST_LIMITS.httpRequestBytes).optional(),
    /** Until the answer's headers, and between two pieces of its body. */
    timeoutMs: z.int().min(1).max(HOST_LIMITS.httpTimeoutMaxMs).default(HOST_LIMITS.httpTimeoutMs),
    /** `manual` answers with the redirect itself. */
    redirect: z.enum(['follow', 'manual']).default('follow'),
    stream: z.boolean().default(false),
  })
  .refine(({ bodyText, bodyBase64 }) => bodyText === undefined || bodyBase64 === undefined, 'one body, not two')
  .refine(
    ({ method, bodyText, bodyBase64 }) =>
      !['GET', 'HEAD'].includes(method) || (bodyText === undefined && bodyBase64 === undefined),
    'GET and HEAD have no body',
  );
/** `bodyText` where the body is UTF-8, else `bodyBase64`; with `stream`, an id to read it under. Names are in lower case. */
const HttpAnswer = z.strictObject({
  /** Where the answer came from, after redirects. */
  url: z.string(),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  bodyText: z.string().optional(),
  bodyBase64: z.string().optional(),
  streamId: HandleId.optional(),
});

/** What a service takes: nothing, one that is granted whole, or one whose grant names what it is for. */
export type HostCapability = keyof Capabilities | null;

const service = <P extends z.ZodType, R extends z.ZodType>(capability: HostCapability, params: P, result: R) => ({
  capability,
  params,
  result,
});

export const HOST_SERVICES = {
  /** `remainingMs`: until the run's deadline. */
  'host/clock.now': service(null, Empty, z.strictObject({ unixMs: z.int(), remainingMs: z.int().min(0) })),
  /** The same as MCP's `notifications/message`. */
  'host/log': service(
    null,
    z.strictObject({
      level: z.enum(['debug', 'info', 'warning', 'error']).default('info'),
      message: z.string().max(HOST_LIMITS.logCharacters),
    }),
    Empty,
  ),
  /** The same as MCP's `notifications/progress`. */
  'host/progress': service(
    null,
    z.strictObject({
      done: z.number().min(0),
      total: z.number().min(0).optional(),
      message: z.string().max(1000).optional(),
    }),
    Empty,
  ),

  'host/http.fetch': service('http', HttpFetch, HttpAnswer),
  'host/http.read': service(
    'http',
    z.strictObject({ streamId: HandleId, maxBytes: ChunkBytes }),
    z.strictObject({ dataBase64: z.string(), done: z.boolean() }),
  ),
  'host/http.close': service('http', z.strictObject({ streamId: HandleId }), Empty),

  'host/kv.get': service(
    'kv',
    z.strictObject({ key: KvKey }),
    z.strictObject({ found: z.boolean(), value: z.unknown().optional(), version: KvVersion.optional() }),
  ),
  /** `ifVersion` null: there must be no such key. */
  'host/kv.put': service(
    'kv',
    z.strictObject({
      key: KvKey,
      value: z.unknown().refine((value) => value !== undefined, 'there is no value'),
      ttlMs: z.int().min(1).max(HOST_LIMITS.kvTtlMaxMs).optional(),
      ifVersion: KvVersion.nullable().optional(),
    }),
    z.strictObject({ version: KvVersion }),
  ),
  'host/kv.delete': service(
    'kv',
    z.strictObject({ key: KvKey, ifVersion: KvVersion.optional() }),
    z.strictObject({ deleted: z.boolean() }),
  ),
  /** In the order of the keys' code points; `cursor` is the answer's, for the next page. */
  'host/kv.list': service(
    'kv',
    z.strictObject({
      prefix: KvText.default(''),
      limit: z.int().min(1).max(HOST_LIMITS.kvListEntries).default(100),
      cursor: KvKey.optional(),
    }),
    z.strictObject({
      entries: z.array(z.strictObject({ key: KvKey, version: KvVersion })),
      cursor: KvKey.optional(),
    }),
  ),

  'host/secrets.get': service('secrets', z.strictObject({ name: SecretName }), z.strictObject({ value: z.string() })),

  'host/blob.read': service(
    'blobs',
    z.strictObject({ name: BlobName, offset: z.int().min(0).default(0), maxBytes: ChunkBytes }),
    z.strictObject({ dataBase64: z.string(), size: z.int(), done: z.boolean() }),
  ),
  'host/blob.create': service(
    'blobs',
    z.strictObject({ name: BlobName, contentType: ContentType.default('application/octet-stream') }),
    z.strictObject({ blobId: HandleId }),
  ),
  'host/blob.write': service(
    'blobs',
    z.strictObject({ blobId: HandleId, dataBase64: Base64(HOST_LIMITS.chunkBytes) }),
    Empty,
  ),
  /** What is not finished when the run ends is dropped, and so is everything unless the run succeeds. */
  'host/blob.finish': service(
    'blobs',
    z.strictObject({ blobId: HandleId }),
    z.strictObject({ sha256: z.string(), bytes: z.int() }),
  ),
} as const;

export type HostMethod = keyof typeof HOST_SERVICES;
export type HostParams<M extends HostMethod> = z.output<(typeof HOST_SERVICES)[M]['params']>;
export type HostResult<M extends HostMethod> = z.output<(typeof HOST_SERVICES)[M]['result']>;

export const isHostMethod = (method: string): method is HostMethod => Object.hasOwn(HOST_SERVICES, method);

/** What of a grant holds: the part of it that the manifest declares. */
export function effectiveCapabilities(declared: Capabilities, granted: Capabilities): Capabilities {
  const both = (kind: 'http' | 'secrets') => ({
    [kind]: (granted[kind] ?? []).filter((value) => declared[kind]?.includes(value)),
  });
  return {
    ...both('http'),
    ...both('secrets'),
    kv: declared.kv === true && granted.kv === true,
    blobs: declared.blobs === true && granted.blobs === true,
  };
}

/** Whether anything at all of a capability is allowed; which host or secret, its service looks at. */
export function isCapable(allowed: Capabilities, capability: HostCapability): boolean {
  if (capability === null) return true;
  const grant = allowed[capability];
  return Array.isArray(grant) ? grant.length > 0 : grant === true;
}

/** The codes that a host service refuses with, beside `internal` and `unavailable`. */
export const HOST_SERVICE_ERRORS = [
  'host_service_unknown',
  'capability_not_granted',
  'host_params_invalid',
  'host_limit_exceeded',
  'host_handle_unknown',
  'result_too_large',
  'cancelled_by_caller',
  'http_url_invalid',
  'http_header_forbidden',
  'http_address_forbidden',
  'http_name_unresolved',
  'http_redirect_refused',
  'http_failed',
  'http_timed_out',
  'http_body_too_large',
  'kv_conflict',
  'kv_quota_exceeded',
  'secret_not_set',
  'blob_unknown',
  'blob_too_large',
  'blob_quota_exceeded',
  'blob_name_taken',
] as const satisfies readonly ErrorCode[];
