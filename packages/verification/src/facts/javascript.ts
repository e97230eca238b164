/** The facts of a node of JavaScript. */
import type { AnyNode } from 'acorn';
import { type Fact, MAX_SOURCE } from './facts.js';
import type { JavaScriptNames } from './javascriptNames.js';

export function factsOf(node: AnyNode, parent: AnyNode | undefined, names: JavaScriptNames, text: string): Fact[] {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression': {
      const name = names.moduleOf(node);
      const facts: Fact[] = name ? [{ kind: 'import', name, at: node.start }] : [];
      if (node.type === 'ImportExpression')
        facts.push({ kind: 'call', name: 'import', at: node.start, args: [argument(node.source, names)] });
      return facts;
    }
    case 'CallExpression':
    case 'NewExpression': {
      const whole = names.nameOf(node);
      const name = whole?.endsWith('()') ? whole.slice(0, -2) : null;
      const facts: Fact[] = [];
      const module = names.moduleOf(node);
      if (module) facts.push({ kind: 'import', name: module, at: node.start });
      const call = name ?? names.nameOf(node.callee);
      if (call !== null) {
        const applied = call.replace(/\.(?:call|apply)$/, '');
        const rest = applied === call ? node.arguments : node.arguments.slice(1);
        const args = rest.map((each) => argument(each, names));
        const given = rest.map((each) => names.nameOf(each.type === 'SpreadElement' ? each.argument : each));
        const from = node.arguments[0]?.start ?? node.end;
        facts.push({
          kind: 'call',
          name: applied,
          at: node.start,
          args,
          given,
          source: text.slice(from, Math.min(node.end, from + MAX_SOURCE)),
        });
      }
      return facts;
    }
    case 'TaggedTemplateExpression': {
      const name = names.nameOf(node.tag);
      return name === null
        ? []
        : [{ kind: 'call', name, at: node.start, args: [names.constantOf(node.quasi) ?? rawText(node.quasi)] }];
    }
    case 'MemberExpression': {
      if (parent?.type === 'MemberExpression' && parent.object === node) return [];
      const name = names.nameOf(node);
      return name === null ? [] : [{ kind: 'member', name, at: node.start }];
    }
    case 'VariableDeclarator': {
      // `const { TOKEN } = process.env` reads what it names.
      if (node.id.type !== 'ObjectPattern') return [];
      const base = names.nameOf(node.init);
      if (base === null) return [];
      return node.id.properties.flatMap((each): Fact[] =>
        each.type === 'Property' && each.key.type === 'Identifier'
          ? [{ kind: 'member', name: `${base}.${each.key.name}`, at: each.start }]
          : [],
      );
    }
    case 'AssignmentExpression': {
      const name = node.left.type === 'MemberExpression' ? names.nameOf(node.left) : null;
      return name === null ? [] : [{ kind: 'assign', name, at: node.start }];
    }
    default:
      return [];
  }
}

function rawText(node: AnyNode): string | null {
  return node.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.cooked ?? '').join('\u0000') : null;
}

/** An argument's text; of a text with unknown parts, the known ones. */
function argument(node: AnyNode, names: JavaScriptNames): string | null {
  if (node.type === 'ArrayExpression') {
    const items = node.elements.map((each) => (each && each.type !== 'SpreadElement' ? names.constantOf(each) : null));
    return items.every((item) => item === null) ? null : items.map((item) => item ?? '').join(' ');
  }
  return names.constantOf(node) ?? partly(node, names);
}

function partly(node: AnyNode, names: JavaScriptNames): string | null {
  if (node.type === 'TemplateLiteral')
    return node.quasis
      .map(
        ({ value }, index) =>
          (value.cooked ?? '') +
          (index < node.expressions.length ? (names.constantOf(node.expressions[index]) ?? ' ') : ''),
      )
      .join('');
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [argument(node.left, names), argument(node.right, names)];
    return left === null && right === null ? null : `${left ?? ' '}${right ?? ' '}`;
  }
  return null;
}
