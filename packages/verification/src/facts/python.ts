/**
 * The facts of Python: a concrete syntax tree of a grammar that takes whatever it is given, its imports, calls, members,
 * assignments and texts, each by its full name. Nothing is run.
 */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { type Fact, MAX_SOURCE, MAX_STRING } from './facts.js';
import { children, IMPORTERS, PythonNames } from './pythonNames.js';

/** A tree that nests deeper than this is no program of a person's. */
const MAX_NESTING = 1500;

export function pythonFacts(text: string): Fact[] {
  return new PythonReader(text).facts;
}

class PythonReader {
  readonly facts: Fact[] = [];
  private readonly names: PythonNames;

  constructor(private readonly text: string) {
    this.names = new PythonNames(text);
    const cursor = parser.parse(text).cursor();
    let nesting = 0;
    for (;;) {
      this.visit(cursor.node);
      if (cursor.firstChild()) {
        if (++nesting > MAX_NESTING) throw new RangeError('nested too deep');
        continue;
      }
      while (!cursor.nextSibling()) {
        if (!cursor.parent()) return;
        nesting -= 1;
      }
    }
  }

  private visit(node: SyntaxNode): void {
    switch (node.name) {
      case 'ImportStatement':
        this.import(node);
        return;
      case 'AssignStatement':
        this.assign(node);
        return;
      case 'String':
      case 'FormatString': {
        // A part of something longer is seen with it.
        if (node.parent?.name === 'ContinuedString') return;
        this.string(node);
        return;
      }
      case 'ContinuedString':
      case 'BinaryExpression':
        if (node.parent?.name !== 'BinaryExpression') this.string(node);
        return;
      case 'CallExpression':
        this.call(node);
        return;
      case 'MemberExpression':
        if (node.parent?.name !== 'MemberExpression') this.fact('member', this.names.nameOf(node), node);
        return;
      case 'Decorator':
        return;
      default:
    }
  }

  private fact(kind: Fact['kind'], name: string | null, node: SyntaxNode): void {
    if (name !== null) this.facts.push({ kind, name, at: node.from });
  }

  private string(node: SyntaxNode): void {
    const value = this.names.constantOf(node);
    if (value !== null && value !== '' && value.length <= MAX_STRING) this.fact('string', value, node);
  }

  private import(node: SyntaxNode): void {
    const words = children(node).filter(({ name }) => name !== '(' && name !== ')');
    const isFrom = words[0]?.name === 'from';
    let module = '';
    let index = 1;
    if (isFrom) {
      while (index < words.length && words[index]?.name !== 'import') module += this.names.at(words[index++]);
      this.fact('import', module, node);
      index += 1;
    }
    let path = '';
    let alias: string | null = null;
    const end = () => {
      if (path === '') return;
      const full = isFrom ? `${module}.${path}` : path;
      if (!isFrom) this.fact('import', path, node);
      this.names.imported(
        alias ?? (isFrom ? path : (path.split('.')[0] ?? path)),
        alias === null && !isFrom ? (path.split('.')[0] ?? path) : full,
      );
      path = '';
      alias = null;
    };
    for (; index < words.length; index += 1) {
      const word = words[index];
      if (word?.name === ',') end();
      else if (word?.name === 'as') alias = this.names.at(words[++index]);
      else path += this.names.at(word);
    }
    end();
  }

  private assign(node: SyntaxNode): void {
    const parts = children(node);
    const [left, operator, right, ...more] = parts;
    if (operator?.name !== 'AssignOp' || right === undefined) return;
    if (left?.name === 'MemberExpression') {
      this.fact('assign', this.names.nameOf(left), node);
      return;
    }
    if (left?.name !== 'VariableName' || more.length > 0) return;
    this.names.assigned(this.names.at(left), right);
  }

  private call(node: SyntaxNode): void {
    const whole = this.names.nameOf(node);
    const [callee, list] = children(node);
    const name = whole?.endsWith('()') ? whole.slice(0, -2) : callee ? this.names.nameOf(callee) : null;
    if (callee && IMPORTERS.test(this.names.nameOf(callee) ?? '')) this.fact('import', whole, node);
    if (name === null) return;
    const values = this.names.arguments(list).map(([, value]) => value);
    const args = values.map((value) => this.names.partly(value));
    const given = values.map((value) => this.names.nameOf(value));
    const source = list ? this.text.slice(list.from + 1, Math.min(list.to, list.from + MAX_SOURCE)) : '';
    this.facts.push({ kind: 'call', name, at: node.from, args, given, source });
  }
}
