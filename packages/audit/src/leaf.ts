/**
 * What one audit event is as bytes: the RFC 8785 form of its leaf. It never drops or adds a field in silence, since what is
 * not in these bytes is not protected by the tree.
 */
import canonicalize from 'canonicalize';
import { AuditError } from './errors.js';

export interface AuditLeaf {
  /** The leaf's index in the tree: contiguous, from 0. */
  readonly seq: number;
  /** The event's own id. */
  readonly id: string;
  /** ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it. */
  readonly at: string;
  /** The organization whose trail this stands in; null for what concerns the platform alone. */
  readonly organization: string | null;
  readonly actor: { readonly type: 'api_key' | 'process' | 'system'; readonly id: string };
  readonly event: string;
  readonly subject: { readonly type: string; readonly id: string };
  /** Plain JSON. */
  readonly data: Readonly<Record<string, unknown>>;
}

const MAX_DEPTH = 64;

/**
 * A leaf's canonical bytes (RFC 8785). Properties that {@link AuditLeaf} does not name are left out, so a row may carry more.
 *
 * @throws AuditError `leaf_malformed` when a field has another form, or `data` holds what JSON can't say exactly (undefined,
 *   a Date, a number that is not finite, half a surrogate pair).
 */
export function canonicalLeaf(leaf: AuditLeaf): Uint8Array {
  const { seq, id, at, organization, actor, event, subject, data } = leaf;
  if (!Number.isSafeInteger(seq) || seq < 0) throw new AuditError('leaf_malformed', 'seq is not an index');
  if (!isTimestamp(at)) throw new AuditError('leaf_malformed', 'at is not a time in UTC with milliseconds');
  const strings = [id, actor?.type, actor?.id, event, subject?.type, subject?.id];
  if (!strings.every((text) => typeof text === 'string')) throw new AuditError('leaf_malformed', 'a text is missing');
  if (organization !== null && typeof organization !== 'string') {
    throw new AuditError('leaf_malformed', 'organization is neither a text nor null');
  }
  if (!isPlainObject(data)) throw new AuditError('leaf_malformed', 'data is not an object');

  const fields = {
    seq,
    id,
    at,
    organization,
    actor: { type: actor.type, id: actor.id },
    event,
    subject: { type: subject.type, id: subject.id },
    data,
  };
  assertJson(fields, 0);
  const text = canonicalize(fields);
  if (text === undefined) throw new AuditError('leaf_malformed', 'the leaf is not JSON');
  return new TextEncoder().encode(text);
}

function isTimestamp(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function assertJson(value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw new AuditError('leaf_malformed', `data nests deeper than ${MAX_DEPTH} levels`);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'string') {
    assertWellFormed(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) assertJson(item, depth + 1);
    return;
  }
  if (!isPlainObject(value)) throw new AuditError('leaf_malformed', 'data holds what is not plain JSON');
  if (typeof value['toJSON'] === 'function') throw new AuditError('leaf_malformed', 'data holds a function');
  for (const [key, item] of Object.entries(value)) {
    assertWellFormed(key);
    assertJson(item, depth + 1);
  }
}

/** RFC 8785, 3.2.2.2: half a surrogate pair ends in an error, as it has no UTF-8. */
function assertWellFormed(text: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new AuditError('leaf_malformed', 'a text holds half a surrogate pair');
}
