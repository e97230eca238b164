/**
 * What Python's expressions name and give: names followed through imports and assignments, texts put together and decoded as
 * far as malware commonly does.
 */
import type { SyntaxNode } from '@lezer/common';
import { decodedBy, unquoted } from './pythonText.js';

const MAX_DEPTH = 40;
/** The functions that import what they are given the name of. */
export const IMPORTERS = /^(?:__import__|importlib\.import_module|importlib\.__import__)$/;

export class PythonNames {
  private readonly names = new Map<string, string | null>();
  private readonly texts = new Map<string, string | null>();
  private depth = 0;

  constructor(private readonly text: string) {}

  /** The source of a node. */
  at(node: SyntaxNode | null | undefined): string {
    return node ? this.text.slice(node.from, node.to) : '';
  }

  /** From an import on, a name stands for what was imported. */
  imported(name: string, full: string): void {
    this.names.set(name, full);
  }

  /** From an assignment on, a name stands for a value; once it has stood for different ones, for none. */
  assigned(name: string, right: SyntaxNode): void {
    const value = this.nameOf(right);
    const text = this.constantOf(right);
    const known = this.names.has(name) || this.texts.has(name);
    this.names.set(name, known && this.names.get(name) !== value ? null : value);
    this.texts.set(name, known && this.texts.get(name) !== text ? null : text);
  }

  /** Each argument with its keyword, in order. */
  arguments(list: SyntaxNode | null | undefined): [string | null, SyntaxNode][] {
    const found: [string | null, SyntaxNode][] = [];
    const parts = children(list);
    for (let index = 1; index < parts.length; index += 1) {
      const part = parts[index];
      if (part === undefined || ['(', ')', ',', 'AssignOp', '*', '**'].includes(part.name)) continue;
      if (parts[index + 1]?.name === 'AssignOp' && part.name === 'VariableName') {
        const value = parts[index + 2];
        if (value) found.push([this.at(part), value]);
        index += 2;
      } else found.push([null, part]);
    }
    return found;
  }

  /** What an expression names, by its full name; null where that can't be told. */
  nameOf(node: SyntaxNode): string | null {
    if (this.depth > MAX_DEPTH) return null;
    this.depth += 1;
    try {
      return this.resolve(node);
    } finally {
      this.depth -= 1;
    }
  }

  private resolve(node: SyntaxNode): string | null {
    switch (node.name) {
      case 'VariableName': {
        const name = this.at(node);
        return this.names.has(name) ? (this.names.get(name) ?? null) : name;
      }
      case 'ParenthesizedExpression':
      case 'AwaitExpression': {
        const inner = children(node).find(({ name }) => !['(', ')', 'await'].includes(name));
        return inner ? this.nameOf(inner) : null;
      }
      case 'MemberExpression': {
        const [object, ...rest] = children(node);
        const base = object ? this.nameOf(object) : null;
        const last = rest.at(-1);
        if (last?.name === 'PropertyName') return base === null ? `?.${this.at(last)}` : member(base, this.at(last));
        const key = rest.find(({ name }) => name !== '[' && name !== ']');
        const text = key ? this.constantOf(key) : null;
        if (base === null) return null;
        return text === null ? `${base}.*` : member(base, text);
      }
      case 'CallExpression': {
        const [callee, list] = children(node);
        const name = callee ? this.nameOf(callee) : null;
        if (name === null) return null;
        const given = this.arguments(list);
        const first = given[0]?.[1];
        if (IMPORTERS.test(name)) return first ? this.constantOf(first) : null;
        if (name === 'getattr' && first && given[1]) {
          const [base, key] = [this.nameOf(first), this.constantOf(given[1][1])];
          return base === null || key === null ? null : member(base, key);
        }
        if (/^(?:globals|locals|vars)$/.test(name) && !first) return '';
        if (name === 'vars' && first) return this.nameOf(first);
        return `${name}()`;
      }
      default:
        return null;
    }
  }

  /** The text that an expression always gives, or null. */
  constantOf(node: SyntaxNode): string | null {
    if (this.depth > MAX_DEPTH) return null;
    this.depth += 1;
    try {
      return this.fold(node);
    } finally {
      this.depth -= 1;
    }
  }

  private fold(node: SyntaxNode): string | null {
    switch (node.name) {
      case 'String':
        return unquoted(this.at(node));
      case 'FormatString':
        return node.getChild('FormatReplacement') ? null : unquoted(this.at(node));
      case 'ContinuedString':
        return join(children(node).map((part) => this.constantOf(part)));
      case 'Number':
        return this.at(node);
      case 'VariableName':
        return this.texts.get(this.at(node)) ?? null;
      case 'ParenthesizedExpression': {
        const inner = children(node).find(({ name }) => name !== '(' && name !== ')');
        return inner ? this.constantOf(inner) : null;
      }
      case 'BinaryExpression': {
        const [left, operator, right] = children(node);
        if (!left || !right || this.at(operator) !== '+') return null;
        return join([this.constantOf(left), this.constantOf(right)]);
      }
      case 'MemberExpression': {
        // 'tac'[::-1]
        const [object, ...rest] = children(node);
        const value = object ? this.constantOf(object) : null;
        return value !== null && rest.map((part) => this.at(part)).join('') === '[::-1]'
          ? [...value].reverse().join('')
          : null;
      }
      case 'CallExpression':
        return this.foldCall(node);
      default:
        return null;
    }
  }

  private foldCall(node: SyntaxNode): string | null {
    const [callee, list] = children(node);
    if (!callee) return null;
    const name = this.nameOf(callee) ?? '';
    const args = this.arguments(list).map(([, value]) => value);
    const first = args[0] ? this.constantOf(args[0]) : null;
    const object = callee.name === 'MemberExpression' ? children(callee)[0] : undefined;
    const method = callee.name === 'MemberExpression' ? this.at(children(callee).at(-1)) : '';
    if (name === 'chr')
      return first === null || !/^\d{1,7}$/.test(first)
        ? null
        : String.fromCodePoint(Math.min(Number(first), 0x10ffff));
    if (/(?:^|\.)(?:b64decode|urlsafe_b64decode|standard_b64decode|decodebytes|a2b_base64)$/.test(name))
      return first === null ? null : Buffer.from(first, 'base64').toString('latin1');
    if (/(?:^|\.)(?:fromhex|unhexlify|a2b_hex)$/.test(name))
      return first === null ? null : Buffer.from(first.replace(/\s/g, ''), 'hex').toString('latin1');
    if (/(?:^|\.)b32decode$/.test(name)) return null;
    if (name === 'codecs.decode') {
      const how = args[1] ? this.constantOf(args[1]) : null;
      if (first !== null && how !== null) return decodedBy(first, how);
    }
    if (/^(?:str|bytes|bytearray)$/.test(name)) return this.bytesOf(args[0]) ?? first;
    const value = object ? this.constantOf(object) : null;
    switch (method) {
      case 'decode':
      case 'encode':
        return value === null
          ? null
          : first !== null && /^(?:base64|hex|rot.?13)/i.test(first)
            ? decodedBy(value, first)
            : value;
      case 'join': {
        const items =
          args[0] && /^(?:Array|Tuple)Expression$/.test(args[0].name)
            ? children(args[0]).filter(({ name: each }) => !/^[[\](),]$/.test(each))
            : [];
        if (value === null || items.length === 0) return null;
        const parts = items.map((item) => this.constantOf(item));
        return parts.includes(null) ? null : parts.join(value);
      }
      case 'replace': {
        const by = args[1] ? this.constantOf(args[1]) : null;
        return value === null || first === null || by === null || first === ''
          ? null
          : value.replaceAll(first, () => by);
      }
      case 'strip':
        return value?.trim() ?? null;
      case 'lower':
        return value?.toLowerCase() ?? null;
      default:
        return null;
    }
  }

  private bytesOf(node: SyntaxNode | undefined): string | null {
    if (node?.name !== 'ArrayExpression') return null;
    const numbers = children(node)
      .filter(({ name }) => name === 'Number')
      .map((each) => Number(this.at(each)));
    return numbers.length > 0 && numbers.every((each) => each >= 0 && each < 256)
      ? Buffer.from(numbers).toString('latin1')
      : null;
  }

  /** An argument's text; of a text with unknown parts, the known ones; of a list, its items'. */
  partly(node: SyntaxNode): string | null {
    const value = this.constantOf(node);
    if (value !== null) return value;
    switch (node.name) {
      case 'FormatString':
        return unquoted(this.at(node).replace(/\{[^{}]*\}/g, ' '));
      case 'ArrayExpression':
      case 'TupleExpression':
        return children(node)
          .map((each) => this.constantOf(each))
          .filter((each) => each !== null)
          .join(' ');
      case 'BinaryExpression':
        return children(node)
          .map((each) => this.partly(each))
          .filter((each) => each !== null)
          .join(' ');
      default:
        return null;
    }
  }
}

/** A node's children, without comments. */
export function children(node: SyntaxNode | null | undefined): SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling)
    if (child.name !== 'Comment') all.push(child);
  return all;
}

const NEUTRAL = /^(?:builtins|__builtins__|__dict__)$/;

function member(object: string, property: string): string {
  if (property === '__dict__') return object;
  return object === '' || NEUTRAL.test(object) ? property : `${object}.${property}`;
}

const join = (parts: readonly (string | null)[]): string | null => (parts.includes(null) ? null : parts.join(''));
