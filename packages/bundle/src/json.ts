/**
 * JSON (RFC 8259) for bytes that nobody trusts: valid UTF-8, bounded in depth, no object with one name twice, no `__proto__`.
 * Two readers of such a text can't disagree on what it says. It knows nothing of the text's meaning.
 */
import { type ErrorCode, PaddockError } from '@paddock/contracts';

const MAX_DEPTH = 64;

/** @throws PaddockError with `code` when the bytes are no such JSON. The caller bounds their number. */
export function parseJson(bytes: Uint8Array, code: ErrorCode): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new PaddockError(code, 'It is not JSON in UTF-8.', { cause });
  }
  const fault = findFault(text);
  if (fault !== null) throw new PaddockError(code, fault);
  return value;
}

/** Walks a text that JSON.parse has accepted, so every token is known to be well formed. */
function findFault(text: string): string | null {
  const open: (Set<string> | null)[] = []; // One for each open object or array; null for an array.
  let nameNext = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : null);
      nameNext = char === '{';
      if (open.length > MAX_DEPTH) return `It nests more than ${MAX_DEPTH} levels.`;
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === ',') {
      nameNext = open.at(-1) !== null && open.length > 0;
    } else if (char === ':') {
      nameNext = false;
    } else if (char === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (nameNext && names) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        if (name === '__proto__') return 'It has a property named __proto__.';
        if (names.has(name)) return `It has the property ${JSON.stringify(name.slice(0, 80))} twice in one object.`;
        names.add(name);
      }
      at = end;
    }
  }
  return null;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
