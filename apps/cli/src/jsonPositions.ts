/** Where in a JSON text something stands: for people who are told that it is wrong. */

/** Counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the value at a path begins, or for a path that is not there the nearest part of it that is.
 * @param text well-formed JSON
 * @param path names of properties and numbers of items, such as `['tools', '0', 'name']`
 */
export function positionOf(text: string, path: readonly string[]): Position {
  let best = { depth: 0, at: skip(text, 0) };
  const walk = (from: number, depth: number, onPath: boolean): number => {
    const at = skip(text, from);
    if (onPath && depth > best.depth) best = { depth, at };
    const open = text[at];
    if (open !== '{' && open !== '[') return endOfScalar(text, at);
    const close = open === '{' ? '}' : ']';
    let next = skip(text, at + 1);
    for (let index = 0; text[next] !== close; index += 1) {
      let name = String(index);
      if (open === '{') {
        const end = endOfScalar(text, next);
        name = JSON.parse(text.slice(next, end)) as string;
        // A property is pointed to by its name, and an item by its beginning.
        if (onPath && path[depth] === name && path.length === depth + 1) best = { depth: path.length + 1, at: next };
        next = skip(text, end) + 1;
      }
      next = skip(text, walk(next, depth + 1, onPath && path[depth] === name));
      if (text[next] === ',') next = skip(text, next + 1);
    }
    return next + 1;
  };
  walk(0, 0, true);
  return lineAndColumn(text, best.at);
}

/** @param at an offset in the text, in UTF-16 units */
export function lineAndColumn(text: string, at: number): Position {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where `JSON.parse` stumbled, if its error says so; its words differ between versions of Node. */
export function syntaxErrorPosition(text: string, message: string): Position | undefined {
  const [, at] = /at position (\d+)/.exec(message) ?? [];
  if (at !== undefined) return lineAndColumn(text, Number(at));
  return /end of JSON input|Unterminated/.test(message) ? lineAndColumn(text, text.length) : undefined;
}

function skip(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function endOfScalar(text: string, start: number): number {
  let at = start;
  if (text[at] !== '"') {
    while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at += 1;
    return at;
  }
  for (at += 1; text[at] !== '"'; ) at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
