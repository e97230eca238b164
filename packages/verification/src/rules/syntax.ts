/** What rules ask of a syntax tree: names, constants, modules. Nothing is run to answer, whatever the code says. */
import type { AnyNode, CallExpression, Expression, Identifier } from 'acorn';
import { full } from 'acorn-walk';
import type { Code } from './defineRule.js';

const MAX_CONSTANT = 1_000_000;

/** The string that an expression always gives, or null. Joins and decodes as far as malware commonly does to hide a name. */
export function constantOf(node: AnyNode | null | undefined): string | null {
  const value = node ? fold(node) : null;
  return value !== null && value.length <= MAX_CONSTANT ? value : null;
}

function fold(node: AnyNode): string | null {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' || typeof node.value === 'number' ? String(node.value) : null;
    case 'TemplateLiteral':
      return joined(
        node.quasis.flatMap((quasi, index) => [
          quasi.value.cooked ?? null,
          index < node.expressions.length ? constantOf(node.expressions[index]) : '',
        ]),
      );
    case 'BinaryExpression':
      return node.operator === '+' ? joined([constantOf(node.left), constantOf(node.right)]) : null;
    case 'ParenthesizedExpression':
      return constantOf(node.expression);
    case 'CallExpression':
      return foldCall(node);
    default:
      return null;
  }
}

function foldCall({ callee, arguments: all }: CallExpression): string | null {
  const [first] = all;
  const name = lastNameOf(callee);
  if (name === 'atob') return decoded(constantOf(first), 'base64');
  if (name === 'fromCharCode' || name === 'fromCodePoint') return joined(all.map(codePoint));
  if (callee.type !== 'MemberExpression') return null;
  const { object } = callee;
  if (name === 'join' && object.type === 'ArrayExpression') {
    const parts = object.elements.map((element) => constantOf(element));
    return parts.includes(null) ? null : parts.join(first ? (constantOf(first) ?? ',') : ',');
  }
  if (name === 'toString' && object.type === 'CallExpression' && isBufferFrom(object.callee)) {
    const [data, encoding] = object.arguments;
    return decoded(constantOf(data), constantOf(encoding));
  }
  return null;
}

const joined = (parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join(''));

function codePoint(node: AnyNode): string | null {
  const code = node.type === 'Literal' ? node.value : null;
  return typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : null;
}

function decoded(text: string | null, encoding: string | null): string | null {
  return text !== null && (encoding === 'base64' || encoding === 'hex')
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
  full(node, (part) => {
    found ||= test(part as AnyNode);
    const value = part.type === 'Identifier' ? code.valueOf((part as Identifier).name) : null;
    if (value && !found) {
      full(value, (inner) => {
        found ||= test(inner as AnyNode);
      });
    }
  });
  return found;
}
