/**
 * The host services of a detonation: the same door as a run's (known? declared? well-formed?), but what answers is canned and
 * goes nowhere: no network, no store. Everything that was asked is kept for the profile, and what a canary was found in for
 * the findings.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  type AdmittedCall,
  admitHostCall,
  type Capabilities,
  HOST_SERVICES,
  type HostMethod,
  type HostParams,
  type HostResult,
  PaddockError,
} from '@paddock/contracts';
import type { HostCall } from '@paddock/sandbox';
import type { Canaries } from './canaries.js';
import { type DetonationRule, finding } from './findings.js';

const MAX_KINDS = 100;
const MAX_KV_KEYS = 50;

type Handlers = { [M in HostMethod]: (params: HostParams<M>, call: HostCall) => HostResult<M> };

export class FakeHost {
  readonly hostServices: Record<string, number> = Object.create(null);
  readonly refused: Record<string, number> = Object.create(null);
  readonly kvKeys = new Set<string>();
  readonly #findings = new Map<string, ReturnType<typeof finding>>();
  readonly #kv = new Map<string, { value: unknown; version: number }>();
  readonly #blobs = new Map<string, { name: string; parts: Buffer[] }>();
  readonly #handlers: Handlers;

  constructor(
    private readonly declared: Capabilities,
    private readonly canaries: Canaries,
  ) {
    this.#handlers = this.#makeHandlers();
  }

  get findings() {
    return [...this.#findings.values()];
  }

  /** How many requests were answered. */
  get answered(): number {
    return Object.values(this.hostServices).reduce((sum, count) => sum + count, 0);
  }

  /** Answers as a run's host services do. @throws PaddockError as they do */
  answer = async (method: string, params: unknown, call: HostCall): Promise<unknown> => {
    try {
      const result = this.#answer(method, params, call);
      this.#count(this.hostServices, method.slice('host/'.length));
      return result;
    } catch (error) {
      if (error instanceof PaddockError) this.#count(this.refused, `${method.slice(0, 100)} ${error.code}`);
      throw error;
    }
  };

  /** Looks for canaries in what the plugin says to everybody: its log, its results. */
  expose(where: string, text: string): void {
    for (const what of this.#secretsIn(text)) this.#find('canary-exposed', `It is ${what}, in ${where}.`);
  }

  #answer(method: string, params: unknown, call: HostCall): unknown {
    const admitted = this.#admit(method, params, call);
    const handler = this.#handlers[admitted.method] as (params: unknown, call: HostCall) => unknown;
    return handler(admitted.params, call);
  }

  #admit(method: string, params: unknown, call: HostCall): AdmittedCall {
    try {
      return admitHostCall(method, params, this.declared, call.used);
    } catch (error) {
      if (!(error instanceof PaddockError && error.code === 'capability_not_granted')) throw error;
      this.#sentTo(null, method, params);
      throw this.#undeclared(String(HOST_SERVICES[method as HostMethod].capability));
    }
  }

  #undeclared(what: string): PaddockError {
    this.#find('undeclared-request', `It is ${what}.`);
    return new PaddockError('capability_not_granted', `It is ${what}.`);
  }

  /** Looks for canaries in a request to a host; null is one that may not be asked at all. */
  #sentTo(host: string | null, ...parts: unknown[]): void {
    const text = parts.map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? ''))).join('\n');
    if (host === null) for (const what of this.canaries.in(text)) this.#find('canary-sent-out', `It is ${what}.`);
    else for (const what of this.#secretsIn(text)) this.#find('canary-sent-openly', `It is ${what}, to ${host}.`);
  }

  /** The data that a tenant gives to a run may well come back to it, or go where the manifest says; its secrets may not. */
  #secretsIn(text: string): string[] {
    return this.canaries.in(text).filter((what) => what.startsWith('secret '));
  }

  #fetch(params: HostParams<'host/http.fetch'>): HostResult<'host/http.fetch'> {
    const { url, headers, bodyText = '', bodyBase64 = '', stream } = params;
    const host = URL.canParse(url) ? new URL(url).hostname : '';
    const body = [bodyText, bodyBase64, Buffer.from(bodyBase64, 'base64').toString('latin1')];
    if (!this.declared.http?.includes(host)) {
      this.#sentTo(null, url, decoded(url), headers, ...body);
      throw this.#undeclared(`http ${host}`);
    }
    this.#sentTo(host, url, decoded(url), ...body);
    for (const what of this.#secretsIn(JSON.stringify(headers)))
      this.#find('canary-used', `It is ${what}, to ${host}.`);
    this.#count(this.hostServices, `http ${host}`);
    const answer = { url, status: 200, headers: { 'content-type': 'application/json' } };
    return stream ? { ...answer, streamId: randomUUID() } : { ...answer, bodyText: '{}' };
  }

  #makeHandlers(): Handlers {
    return {
      'host/clock.now': (_params, call) => ({ unixMs: Date.now(), remainingMs: call.remainingMs() }),
      'host/log': ({ level, message }, call) => {
        call.log(level, message);
        return {};
      },
      'host/progress': ({ message = '' }) => {
        this.expose('its progress', message);
        return {};
      },
      'host/http.fetch': (params) => this.#fetch(params),
      'host/http.read': () => ({ dataBase64: Buffer.from('{}').toString('base64'), done: true }),
      'host/http.close': () => ({}),
      'host/kv.get': ({ key }) => {
        this.#key(key);
        const entry = this.#kv.get(key);
        return entry === undefined ? { found: false } : { found: true, ...entry };
      },
      'host/kv.put': ({ key, value }) => {
        this.#key(key);
        this.expose('its key-value store', `${key}\n${JSON.stringify(value)}`);
        const version = (this.#kv.get(key)?.version ?? 0) + 1;
        this.#kv.set(key, { value, version });
        return { version };
      },
      'host/kv.delete': ({ key }) => {
        this.#key(key);
        return { deleted: this.#kv.delete(key) };
      },
      'host/kv.list': ({ prefix, limit }) => ({
        entries: [...this.#kv]
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, { version }]) => ({ key, version }))
          .slice(0, limit),
      }),
      'host/secrets.get': ({ name }) => {
        if (!this.declared.secrets?.includes(name)) throw this.#undeclared(`secret ${name}`);
        this.#count(this.hostServices, `secret ${name}`);
        return { value: this.canaries.of(`secret ${name}`) };
      },
      'host/blob.read': ({ name, offset, maxBytes }) => {
        const bytes = Buffer.from(`${this.canaries.of(`blob ${name}`)}\n`);
        const piece = bytes.subarray(offset, offset + maxBytes);
        return {
          dataBase64: piece.toString('base64'),
          size: bytes.length,
          done: offset + piece.length >= bytes.length,
        };
      },
      'host/blob.create': ({ name }) => {
        const blobId = randomUUID();
        this.#blobs.set(blobId, { name, parts: [] });
        return { blobId };
      },
      'host/blob.write': ({ blobId, dataBase64 }) => {
        this.#blob(blobId).parts.push(Buffer.from(dataBase64, 'base64'));
        return {};
      },
      'host/blob.finish': ({ blobId }) => {
        const { parts } = this.#blob(blobId);
        this.#blobs.delete(blobId);
        const bytes = Buffer.concat(parts);
        this.expose('a blob', bytes.toString('latin1'));
        return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
      },
    };
  }

  #blob(blobId: string) {
    const blob = this.#blobs.get(blobId);
    if (blob === undefined) throw new PaddockError('host_handle_unknown');
    return blob;
  }

  #key(key: string): void {
    if (this.kvKeys.size < MAX_KV_KEYS) this.kvKeys.add(key);
  }

  /** Of what a plugin chooses itself there may be no end. */
  #count(counts: Record<string, number>, what: string): void {
    const name = what.slice(0, 300);
    if (counts[name] !== undefined || Object.keys(counts).length < MAX_KINDS) counts[name] = (counts[name] ?? 0) + 1;
  }

  #find(rule: DetonationRule, detail: string): void {
    if (this.#findings.size < MAX_KINDS) this.#findings.set(`${rule} ${detail}`, finding(rule, detail));
  }
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return '';
  }
}
