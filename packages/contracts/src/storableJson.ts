/** JSON as Postgres can store it: jsonb has neither NUL nor half a surrogate pair, and strangers' text may have both. */

/** In JSON.stringify's output these two stand as escapes, and nothing else does under the same letters. */
const ESCAPE = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/gs;

/** The value as JSON text, with U+FFFD in place of what can't be stored, in keys as in strings. */
export function toStorableJson(value: unknown): string {
  return JSON.stringify(value ?? null).replace(ESCAPE, (whole, code: string) => (code.length > 1 ? '\u{FFFD}' : whole));
}

/** Whether the value can be stored as it is. */
export const isStorableJson = (value: unknown): boolean => toStorableJson(value) === JSON.stringify(value ?? null);
