/**
 * The host services as `paddock dev` answers them: allowed and checked as on the platform, kept in memory, gone with the
 * command. What would reach beyond this process is not there.
 */
import {
  admitHostCall,
  type Capabilities,
  effectiveCapabilities,
  type HostMethod,
  type HostParams,
  type HostResult,
  PaddockError,
} from '@paddock/contracts';
import type { HostCall, RunPlan } from '@paddock/sandbox';

export interface LocalServices {
  readonly declared: Capabilities;
  readonly granted: Capabilities;
  readonly secrets: ReadonlyMap<string, string>;
  readonly kv: LocalKv;
}

type Handlers = { [M in HostMethod]?: (params: HostParams<M>, call: HostCall) => HostResult<M> };

/** @throws PaddockError with the code that the platform would refuse with; `unavailable` for what is not offered here */
export function localHostServices({ declared, granted, secrets, kv }: LocalServices): RunPlan['hostServices'] {
  const allowed = effectiveCapabilities(declared, granted);
  const handlers: Handlers = {
    'host/clock.now': (_params, call) => ({ unixMs: Date.now(), remainingMs: call.remainingMs() }),
    'host/log': ({ level, message }, call) => {
      call.log(level, message);
      return {};
    },
    'host/progress': ({ done, total, message }, call) => {
      call.progress({ done, total: total ?? null, message: message ?? null });
      return {};
    },
    'host/kv.get': ({ key }) => kv.get(key),
    'host/kv.put': (entry) => kv.put(entry),
    'host/kv.delete': (which) => kv.delete(which),
    'host/kv.list': (query) => kv.list(query),
    'host/secrets.get': ({ name }) => {
      if (allowed.secrets?.includes(name) !== true) throw new PaddockError('capability_not_granted', name);
      const value = secrets.get(name);
      if (value === undefined) throw new PaddockError('secret_not_set', name);
      return { value };
    },
  };
  return async (method, params, call) => {
    const admitted = admitHostCall(method, params, allowed, call.used);
    const handler = handlers[admitted.method];
    if (handler === undefined) throw new PaddockError('unavailable', `paddock dev does not offer ${method}.`);
    // The params are those of the method, which the type of a union of handlers can't say.
    return (handler as (of: unknown, call: HostCall) => unknown)(admitted.params, call);
  };
}

interface Entry {
  value: unknown;
  version: number;
  /** Milliseconds since the epoch. */
  until: number;
}

/** The key-value store of an install that lasts as long as the command. Its keys’ versions are never used twice. */
export class LocalKv {
  readonly #entries = new Map<string, Entry>();
  #version = 0;

  get(key: string): HostResult<'host/kv.get'> {
    const entry = this.#live(key);
    return entry === undefined ? { found: false } : { found: true, value: entry.value, version: entry.version };
  }

  put({ key, value, ttlMs, ifVersion }: HostParams<'host/kv.put'>): HostResult<'host/kv.put'> {
    if (ifVersion !== undefined) this.#expect(key, ifVersion);
    const version = ++this.#version;
    this.#entries.set(key, {
      value,
      version,
      until: ttlMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + ttlMs,
    });
    return { version };
  }

  delete({ key, ifVersion }: HostParams<'host/kv.delete'>): HostResult<'host/kv.delete'> {
    const deleted = this.#live(key) !== undefined;
    if (ifVersion !== undefined) this.#expect(key, ifVersion);
    this.#entries.delete(key);
    return { deleted };
  }

  list({ prefix, limit, cursor }: HostParams<'host/kv.list'>): HostResult<'host/kv.list'> {
    const found = [...this.#entries.keys()]
      .filter((key) => key.startsWith(prefix) && (cursor === undefined || byCodePoint(key, cursor) > 0))
      .sort(byCodePoint)
      .flatMap((key) => {
        const entry = this.#live(key);
        return entry === undefined ? [] : [{ key, version: entry.version }];
      });
    const entries = found.slice(0, limit);
    const last = entries.at(-1);
    return { entries, ...(found.length > limit && last !== undefined ? { cursor: last.key } : {}) };
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > Date.now() ? entry : undefined;
  }

  #expect(key: string, version: number | null): void {
    if ((this.#live(key)?.version ?? null) !== version) throw new PaddockError('kv_conflict');
  }
}

/** UTF-8 sorts as code points do. */
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
