/** What rules ask of a syntax tree: names, constants, modules. Nothing is run to answer, whatever the code says. */
import type { AnyNode, CallExpression, Expression, Identifier, MemberExpression } from 'acorn';
import { walk } from '../facts/walk.js';
import type { Code } from './defineRule.js';

const MAX_CONSTANT = 1_000_000;

/** What a name was declared with, where that is one expression. */
export type Resolve = (name: string) => AnyNode | null;
const UNKNOWN: Resolve = () => null;
/** How many names and calls a text may be put together through. */
const MAX_FOLDS = 2000;
const MAX_NESTING = 200;

/** The string that an expression always gives, or null. Joins and decodes as far as malware commonly does to hide a name. */
export function constantOf(node: AnyNode | null | undefined, resolve: Resolve = UNKNOWN): string | null {
  const value = node ? new Folding(resolve).text(node) : null;
  return value !== null && value.length <= MAX_CONSTANT ? value : null;
}

/** One text's putting together. It is bounded: an expression may name itself, or ten thousand others. */
class Folding {
  private left = MAX_FOLDS;
  private nesting = 0;
  constructor(private readonly resolve: Resolve) {}

  text(node: AnyNode | null | undefined): string | null {
    if (!node || --this.left < 0 || this.nesting > MAX_NESTING) return null;
    this.nesting += 1;
    try {
      return this.fold(node);
    } finally {
      this.nesting -= 1;
    }
  }

  private fold(node: AnyNode): string | null {
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'string' || typeof node.value === 'number' ? String(node.value) : null;
      case 'TemplateLiteral':
        return joined(
          node.quasis.flatMap((quasi, index) => [
            quasi.value.cooked ?? null,
            index < node.expressions.length ? this.text(node.expressions[index]) : '',
          ]),
        );
      case 'BinaryExpression':
        return node.operator === '+' ? this.sum(node) : null;
      case 'ParenthesizedExpression':
        return this.text(node.expression);
      case 'Identifier':
        return this.text(this.resolve(node.name));
      case 'MemberExpression':
        return this.item(node);
      case 'CallExpression':
        return this.call(node);
      default:
        return null;
    }
  }

  /** A long sum leans to the left: its terms one after the other, not one within the other. */
  private sum(node: AnyNode): string | null {
    const terms: string[] = [];
    let rest: AnyNode = node;
    while (rest.type === 'BinaryExpression' && rest.operator === '+') {
      const term = this.text(rest.right);
      if (term === null) return null;
      terms.push(term);
      rest = rest.left;
    }
    const first = this.text(rest);
    return first === null ? null : [...terms, first].reverse().join('');
  }

  /** `list[2]` of a list that is known, and `parts.a` of an object. */
  private item({ object, property, computed }: MemberExpression): string | null {
    if (object.type === 'Super') return null;
    const whole = object.type === 'Identifier' ? this.resolve(object.name) : object;
    if (whole?.type === 'ObjectExpression') {
      const key = computed ? this.text(property) : nameOfKey(property);
      const held = whole.properties.filter((each) => each.type === 'Property' && !each.computed);
      const named = held.filter((each) => each.type === 'Property' && key !== null && nameOfKey(each.key) === key);
      return named.length === 1 && named[0]?.type === 'Property' ? this.text(named[0].value) : null;
    }
    if (!computed) return null;
    const index = Number(this.text(property) ?? Number.NaN);
    const list = this.list(object);
    return list && Number.isInteger(index) ? this.text(list[index]) : null;
  }

  private list(node: AnyNode | null | undefined): readonly (AnyNode | null)[] | null {
    const value = node?.type === 'Identifier' ? this.resolve(node.name) : node;
    return value?.type === 'ArrayExpression' ? value.elements : null;
  }

  private numbers(node: AnyNode | null | undefined): number[] | null {
    const items = this.list(node)?.map((item) => (item?.type === 'Literal' ? item.value : null));
    return items?.every((item): item is number => typeof item === 'number') ? items : null;
  }

  private call({ callee, arguments: all }: CallExpression): string | null {
    const [first] = all;
    const name = lastNameOf(callee);
    if (callee.type === 'Identifier' && givesCharacters(this.resolve(name ?? ''))) return joined(all.map(codePoint));
    if (name === 'atob') return decoded(this.text(first), 'base64');
    if (name === 'unescape' || name === 'decodeURIComponent') return unescaped(this.text(first));
    if (name === 'fromCharCode' || name === 'fromCodePoint') {
      const spread = first?.type === 'SpreadElement' ? this.numbers(first.argument) : null;
      return spread ? characters(spread) : joined(all.map(codePoint));
    }
    if (callee.type !== 'MemberExpression' || callee.object.type === 'Super') return null;
    const { object } = callee;
    switch (name) {
      case 'join':
        return this.join(object, first);
      case 'apply':
        return /^fromC(?:har|odePoint)/.test(lastNameOf(object) ?? '') ? this.fromNumbers(all[1]) : null;
      case 'concat':
        return joined([this.text(object), ...all.map((each) => this.text(each))]);
      case 'toString':
        return this.buffer(object, first) ?? (all.length === 0 ? this.text(object) : null);
      case 'replace':
      case 'replaceAll':
        return this.replaced(this.text(object), first, this.text(all[1]));
      case 'slice':
      case 'substring':
        return this.text(object)?.slice(...(all.map((each) => Number(this.text(each))) as [number, number])) ?? null;
      case 'trim':
        return this.text(object)?.trim() ?? null;
      case 'toLowerCase':
        return this.text(object)?.toLowerCase() ?? null;
      default:
        return null;
    }
  }

  private fromNumbers(node: AnyNode | undefined): string | null {
    const numbers = this.numbers(node);
    return numbers && characters(numbers);
  }

  private join(object: AnyNode, separator: AnyNode | undefined): string | null {
    const between = separator ? this.text(separator) : ',';
    if (between === null) return null;
    const list = this.list(object);
    if (list) {
      const parts = list.map((item) => this.text(item));
      return parts.includes(null) ? null : parts.join(between);
    }
    if (object.type !== 'CallExpression' || object.callee.type !== 'MemberExpression') return null;
    const { callee, arguments: all } = object;
    const name = lastNameOf(callee);
    if (callee.object.type === 'Super') return null;
    // 'sf'.split('').reverse().join('')
    if (name === 'reverse' && callee.object.type === 'CallExpression' && lastNameOf(callee.object.callee) === 'split') {
      const split = callee.object.callee;
      const text = split.type === 'MemberExpression' && split.object.type !== 'Super' ? this.text(split.object) : null;
      const by = this.text(callee.object.arguments[0]);
      return text === null || by === null ? null : text.split(by).reverse().join(between);
    }
    // [104, 105].map((c) => String.fromCharCode(c ^ 7)).join('')
    if (name === 'map') {
      const numbers = this.numbers(callee.object);
      const shift = numbers && characterShift(all[0]);
      return numbers && shift ? characters(numbers.map(shift)) : null;
    }
    return null;
  }

  private buffer(object: AnyNode, encoding: AnyNode | undefined): string | null {
    if (object.type !== 'CallExpression' || !isBufferFrom(object.callee)) return null;
    const [data, from] = object.arguments;
    const numbers = this.numbers(data);
    if (numbers) return characters(numbers);
    return decoded(this.text(data), this.text(from)) ?? (from === undefined && !encoding ? this.text(data) : null);
  }

  private replaced(text: string | null, what: AnyNode | undefined, by: string | null): string | null {
    if (text === null || by === null || text.length > 10_000) return null;
    // Only the plainest patterns are followed: a pattern of a stranger's can take for ever.
    if (what?.type === 'Literal' && what.value instanceof RegExp) {
      const { source, flags } = what.value;
      if (!/^(?:\\?[^\\()[\]{}*+?|^$.]|\[[^\\\]^-]+\])$/.test(source)) return null;
      return text.replace(new RegExp(source, flags), () => by);
    }
    const plain = this.text(what);
    return plain === null ? null : text.replaceAll(plain, () => by);
  }
}

function characters(codes: readonly number[]): string | null {
  return codes.every((code) => Number.isInteger(code) && code >= 0 && code <= 0xffff)
    ? String.fromCharCode(...codes.slice(0, 50_000))
    : null;
}

/** What `(c) => String.fromCharCode(c ^ 7)` does to a number before it is a character. */
function characterShift(callback: AnyNode | undefined): ((code: number) => number) | null {
  if (callback?.type === 'MemberExpression') return lastNameOf(callback)?.startsWith('fromC') ? (code) => code : null;
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return null;
  const body = callback.body.type === 'BlockStatement' ? callback.body.body.at(-1) : callback.body;
  const result = body?.type === 'ReturnStatement' ? body.argument : body;
  if (result?.type !== 'CallExpression' || !lastNameOf(result.callee)?.startsWith('fromC')) return null;
  const [code] = result.arguments;
  if (code?.type === 'Identifier') return (each) => each;
  if (code?.type !== 'BinaryExpression') return null;
  const by = Number(constantOf(code.right) ?? Number.NaN);
  if (!Number.isInteger(by)) return null;
  if (code.operator === '^') return (each) => each ^ by;
  if (code.operator === '-') return (each) => each - by;
  return code.operator === '+' ? (each) => each + by : null;
}

function unescaped(text: string | null): string | null {
  if (text === null) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

const nameOfKey = (key: AnyNode): string | null =>
  key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : null;

/** Whether a function is `(...codes) => String.fromCharCode(...codes)`. */
function givesCharacters(node: AnyNode | null): boolean {
  if (node?.type !== 'ArrowFunctionExpression' || node.body.type !== 'CallExpression') return false;
  const [taken, given] = [node.params[0], node.body.arguments[0]];
  return (
    lastNameOf(node.body.callee)?.startsWith('fromC') === true &&
    taken?.type === 'RestElement' &&
    given?.type === 'SpreadElement' &&
    lastNameOf(given.argument) === lastNameOf(taken.argument)
  );
}

const joined = (parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join(''));

function codePoint(node: AnyNode): string | null {
  const code = node.type === 'Literal' ? node.value : null;
  return typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : null;
}

function decoded(text: string | null, encoding: string | null): string | null {
  return text !== null && (encoding === 'base64' || encoding === 'base64url' || encoding === 'hex')
    ? Buffer.from(text, encoding).toString('latin1')
    : null;
}

const isBufferFrom = (callee: AnyNode): boolean =>
  lastNameOf(callee) === 'from' && callee.type === 'MemberExpression' && lastNameOf(callee.object) === 'Buffer';

/** `c` of `c`, `a.b.c`, `a['c']`, `(0, a.c)` and `a?.c`; null for anything else. */
export function lastNameOf(node: AnyNode | null | undefined): string | null {
  switch (node?.type) {
    case 'Identifier':
      return node.name;
    case 'MemberExpression':
      if (node.computed) return constantOf(node.property);
      return node.property.type === 'Identifier' ? node.property.name : null;
    case 'SequenceExpression':
      return lastNameOf(node.expressions.at(-1));
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return lastNameOf(node.expression);
    default:
      return null;
  }
}

const GLOBALS = new Set(['globalThis', 'global', 'window', 'self', 'globals']);

/** Whether a node is a global of this name: by itself, or as a property of the global object. */
export function isGlobal(node: AnyNode, name: string): boolean {
  if (lastNameOf(node) !== name) return false;
  if (node.type === 'SequenceExpression') return isGlobal(node.expressions.at(-1) ?? node, name);
  return node.type !== 'MemberExpression' || GLOBALS.has(lastNameOf(node.object) ?? '');
}

const LOADERS = /^_*(?:non_webpack_)?(?:require_*\d*|requireFn|nodeRequire|getBuiltinModule|_load)$/;

/** Whether a call loads a module by the name that it is given. */
export const isLoader = (callee: AnyNode): boolean =>
  LOADERS.test(lastNameOf(callee) ?? '') || isMadeByCreateRequire(callee);

const isMadeByCreateRequire = (callee: AnyNode): boolean =>
  callee.type === 'CallExpression' && lastNameOf(callee.callee) === 'createRequire';

/** The expression that names what a node loads: of an import, an export, `import()`, or a call of `require` by any of its names. */
export function loadedName(node: AnyNode): Expression | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source ?? null;
    case 'ImportExpression':
      return node.source;
    case 'CallExpression': {
      const [first] = node.arguments;
      return first !== undefined && first.type !== 'SpreadElement' && isLoader(node.callee) ? first : null;
    }
    default:
      return null;
  }
}

/**
 * The module that a node loads, without its `node:`, when it can be known. Minifiers rename `require`, so a plain function
 * that is given one constant may be it: this answers what such a call would load.
 */
export function loadedModule(node: AnyNode): string | null {
  const renamed =
    node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.arguments.length === 1
      ? node.arguments[0]
      : null;
  return constantOf(loadedName(node) ?? renamed)?.replace(/^node:/, '') ?? null;
}

/** The arguments of a call or a `new` that turn text into code: eval, Function, and vm's ways. */
export function evaluatedBy(node: AnyNode): readonly AnyNode[] | null {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return null;
  const { callee } = node;
  const name = lastNameOf(callee);
  if (isGlobal(callee, 'eval') || isGlobal(callee, 'Function')) return node.arguments;
  if (name === '_compile' || name === 'runInThisContext' || name === 'runInNewContext' || name === 'compileFunction')
    return node.arguments;
  const reachesFunction =
    name === 'constructor' && callee.type === 'MemberExpression' && lastNameOf(callee.object) === 'constructor';
  return reachesFunction ? node.arguments : null;
}

/** Whether a part of an expression, or of the value that a name in it was declared with, passes a test. */
export function someWithin(node: AnyNode, code: Code, test: (part: AnyNode) => boolean): boolean {
  let found = false;
  walk(node, (part) => {
    found ||= test(part);
    const value = part.type === 'Identifier' ? code.valueOf((part as Identifier).name) : null;
    if (value && !found) {
      walk(value, (inner) => {
        found ||= test(inner);
      });
    }
  });
  return found;
}
