/** Which thing a name in JavaScript stands for, followed through aliases, imports and destructuring. It runs nothing. */
import { builtinModules } from 'node:module';
import type { AnyNode, Expression, Identifier, Pattern, Program } from 'acorn';
import { constantOf, loadedName } from '../rules/syntax.js';
import { walk } from './walk.js';

const MAX_DEPTH = 12;
const BUILTINS = new Set(builtinModules);
const GLOBALS = new Set(['globalThis', 'global', 'window', 'self', 'top', 'frames']);
/** What gives the same thing in another form: the name goes through it. */
const TRANSPARENT = new Set(['default', 'promises']);
/** What wraps a function and gives one that does the same. */
const WRAPPERS = /(?:^|\.)promisify$/;

/** What a declaration gives a name: an expression, a property of one, or something that can't be known. */
type Value = { readonly of: AnyNode; readonly path: readonly string[] } | { readonly module: string } | null;

export class JavaScriptNames {
  private readonly values = new Map<string, Value[]>();
  private readonly known = new WeakMap<AnyNode, string | null>();
  private readonly identifiers = new Map<string, string | null>();
  private depth = 0;

  constructor(program: Program) {
    walk(program, (node) => this.learn(node));
  }

  /** The one expression that a name was declared with; null where there are several, or none. */
  valueOf(name: string): Expression | null {
    const [only, ...more] = this.values.get(name) ?? [];
    return more.length === 0 && only && 'of' in only && only.path.length === 0 ? (only.of as Expression) : null;
  }

  /** The dotted name of an expression; null for one that has none. */
  nameOf(node: AnyNode | null | undefined): string | null {
    if (!node || this.depth > MAX_DEPTH) return null;
    const known = this.known.get(node);
    if (known !== undefined) return known;
    this.depth += 1;
    try {
      const name = this.resolve(node);
      // What was given up for its depth may be found from elsewhere.
      if (this.depth === 1 || name !== null) this.known.set(node, name);
      return name;
    } finally {
      this.depth -= 1;
    }
  }

  /** A text that an expression always gives, with what its names were declared with. */
  readonly constantOf = (node: AnyNode | null | undefined): string | null =>
    constantOf(node, (name) => this.valueOf(name));

  private resolve(node: AnyNode): string | null {
    switch (node.type) {
      case 'Identifier':
        return this.identifier(node);
      case 'MemberExpression': {
        const property = node.computed
          ? this.constantOf(node.property)
          : node.property.type === 'Identifier'
            ? node.property.name
            : null;
        const object = node.object.type === 'Super' ? null : this.nameOf(node.object);
        if (property === null) return object === null ? null : `${object}.*`;
        if (object === null) return `?.${property}`;
        return member(object, property);
      }
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return 'function';
      case 'ThisExpression':
        return 'this';
      case 'MetaProperty':
        return `${node.meta.name}.${node.property.name}`;
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return this.nameOf(node.expression);
      case 'AwaitExpression':
        return this.nameOf(node.argument);
      case 'SequenceExpression':
        return this.nameOf(node.expressions.at(-1));
      case 'LogicalExpression':
        return this.nameOf(node.left) ?? this.nameOf(node.right);
      case 'AssignmentExpression':
        return this.nameOf(node.right);
      case 'ConditionalExpression':
        return this.nameOf(node.consequent) ?? this.nameOf(node.alternate);
      case 'ImportExpression':
        return moduleName(this.constantOf(node.source));
      case 'CallExpression':
      case 'NewExpression':
        return this.called(node);
      default:
        return null;
    }
  }

  private called(node: AnyNode & { type: 'CallExpression' | 'NewExpression' }): string | null {
    if (node.callee.type === 'Super') return null;
    const module = this.moduleOf(node);
    if (module !== undefined) return module;
    const callee = this.nameOf(node.callee);
    if (callee === null) return null;
    if (WRAPPERS.test(callee)) return this.nameOf(node.arguments[0]);
    if (callee.endsWith('.bind')) return callee.replace(/\.bind$/, '');
    if (/(?:^|\.)(?:Reflect\.get|Object\.getOwnPropertyDescriptor)$/.test(callee)) {
      const object = this.nameOf(node.arguments[0]);
      const property = this.constantOf(node.arguments[1]);
      if (object !== null && property !== null) return member(object, property);
    }
    if (callee === 'process.getBuiltinModule') return moduleName(this.constantOf(node.arguments[0]));
    if (/(?:^|\.)require$/.test(callee) && node.arguments.length === 1) {
      const name = this.constantOf(node.arguments[0]);
      if (name !== null) return moduleName(name);
    }
    return `${callee}()`;
  }

  /** The module that a call loads, null where it can't be known; undefined for a call that loads none. */
  moduleOf(node: AnyNode): string | null | undefined {
    const loaded = loadedName(node);
    if (loaded !== null) return moduleName(this.constantOf(loaded));
    // Minifiers rename `require`: a plain function that is given just the name of a module of Node's may be it.
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.arguments.length !== 1)
      return undefined;
    const name = moduleName(this.constantOf(node.arguments[0]));
    return name !== null && BUILTINS.has(name) ? name : undefined;
  }

  private identifier({ name }: Identifier): string | null {
    const values = this.values.get(name);
    if (values === undefined) return name === 'undefined' ? null : name;
    const known = this.identifiers.get(name);
    if (known !== undefined) return known;
    this.identifiers.set(name, null); // For a name that is declared with itself.
    const names = new Set(values.map((value) => this.valueName(value)));
    const [only] = names;
    const resolved = names.size === 1 ? (only ?? null) : null;
    this.identifiers.set(name, resolved);
    return resolved;
  }

  private valueName(value: Value): string | null {
    if (value === null) return null;
    if ('module' in value) return value.module;
    const base = this.nameOf(value.of);
    return base === null ? null : value.path.reduce(member, base);
  }

  private learn(node: AnyNode): void {
    switch (node.type) {
      case 'VariableDeclarator':
        this.declare(node.id, node.init ?? null, []);
        return;
      case 'AssignmentExpression':
        if (node.left.type === 'Identifier' || node.left.type === 'ObjectPattern')
          this.declare(node.left, node.operator === '=' ? node.right : null, []);
        return;
      case 'ImportDeclaration': {
        const module = moduleName(typeof node.source.value === 'string' ? node.source.value : null);
        for (const each of node.specifiers) {
          const path =
            each.type === 'ImportSpecifier'
              ? member(
                  module ?? '',
                  each.imported.type === 'Identifier' ? each.imported.name : String(each.imported.value),
                )
              : module;
          this.add(each.local.name, module === null || path === null ? null : { module: path });
        }
        return;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        for (const param of node.params) this.declare(param, null, []);
        return;
      case 'CatchClause':
        if (node.param) this.declare(node.param, null, []);
        return;
      default:
    }
  }

  private declare(pattern: Pattern, value: AnyNode | null, path: readonly string[]): void {
    switch (pattern.type) {
      case 'Identifier':
        // A declaration without a value says nothing; the assignment that follows does.
        if (value !== null || !path.length) this.add(pattern.name, value === null ? null : { of: value, path });
        return;
      case 'ObjectPattern':
        for (const each of pattern.properties) {
          if (each.type === 'RestElement') this.declare(each.argument, null, []);
          else {
            const key = each.computed ? this.constantOf(each.key) : keyName(each.key);
            this.declare(each.value, key === null ? null : value, key === null ? [] : [...path, key]);
          }
        }
        return;
      case 'AssignmentPattern':
        this.declare(pattern.left, value, path);
        return;
      case 'ArrayPattern':
        for (const each of pattern.elements) if (each) this.declare(each, null, []);
        return;
      case 'RestElement':
        this.declare(pattern.argument, null, []);
        return;
      default:
    }
  }

  private add(name: string, value: Value): void {
    const values = this.values.get(name) ?? [];
    if (values.length < 8) values.push(value);
    this.values.set(name, values);
  }
}

function keyName(node: AnyNode): string | null {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' ? String(node.value) : null;
}

function member(object: string, property: string): string {
  if (GLOBALS.has(object)) return property;
  return TRANSPARENT.has(property) ? object : `${object}.${property}`;
}

/** A module's name as rules name it: without its scheme, and with its promises. */
function moduleName(name: string | null): string | null {
  return name?.replace(/^node:/, '').replace(/^(fs|dns|timers|readline|stream)\/promises$/, '$1') ?? null;
}
