/**
 * JSON-RPC 2.0 messages as a plugin may send them, read with suspicion. Source: the JSON-RPC 2.0 specification, and the
 * Model Context Protocol 2025-06-18, which has no batches. Nothing here knows which message is expected when.
 */

export type MessageId = string | number;
export type Message =
  | { kind: 'request'; id: MessageId; method: string; params: unknown }
  | { kind: 'notification'; method: string; params: unknown }
  | { kind: 'result'; id: MessageId; result: unknown }
  | { kind: 'error'; id: MessageId; error: { code: number; message: string } };

/** Deeper than this no honest message goes, and whoever walks through it recursively is safe. */
const MAX_DEPTH = 64;
const MAX_NAME = 256;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The message in a line, or undefined when the line is not one. */
export function readMessage(line: Buffer): Message | undefined {
  const value = parseJson(line);
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return undefined;
  const { id, method, params } = value;
  if (method !== undefined) {
    if (typeof method !== 'string' || method.length > MAX_NAME || 'result' in value || 'error' in value)
      return undefined;
    if (!('id' in value)) return { kind: 'notification', method, params };
    return isId(id) ? { kind: 'request', id, method, params } : undefined;
  }
  if (!isId(id) || 'result' in value === 'error' in value) return undefined;
  if ('result' in value) return { kind: 'result', id, result: value['result'] };
  const error = value['error'];
  if (!isObject(error) || !Number.isInteger(error['code']) || typeof error['message'] !== 'string') return undefined;
  return { kind: 'error', id, error: { code: error['code'] as number, message: error['message'] } };
}

/**
 * The JSON value in some bytes, or undefined when they are not UTF-8, not JSON, or nested too deeply.
 * A key `__proto__` is left out, so that copying the value key by key can't change what other objects inherit.
 */
export function parseJson(bytes: Buffer): unknown {
  if (tooDeep(bytes)) return undefined;
  try {
    const text = utf8.decode(bytes);
    // The key may be written with escapes; without either sign of it the slower way is not needed.
    if (!text.includes('__proto__') && !text.includes('\\u')) return JSON.parse(text);
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}

/** Whether brackets outside of strings are nested deeper than allowed; looked at before parsing builds anything. */
function tooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (id: unknown): id is MessageId =>
  (typeof id === 'string' && id.length <= MAX_NAME) || Number.isSafeInteger(id);
