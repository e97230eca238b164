import type { AnyNode } from 'acorn';
import { type Code, defineRule } from './defineRule.js';
import { isGlobal, lastNameOf } from './syntax.js';

function isEnvironment(node: AnyNode | null | undefined, code: Code): boolean {
  if (node?.type === 'MemberExpression') return lastNameOf(node) === 'env' && isGlobal(node.object, 'process');
  const value = node?.type === 'Identifier' ? code.valueOf(node.name) : null;
  return value?.type === 'MemberExpression' && isEnvironment(value, code);
}

export const environmentDump = defineRule({
  id: 'environment-dump',
  severity: 'medium',
  ability: 'environment',
  message: 'It takes the whole environment instead of a variable that it names.',
  why: 'Environments hold credentials, and collecting them whole is the first thing that stolen-package malware does. A sandbox has none; configuration comes from the install.',
  match: {
    on: 'node',
    matches(node, code) {
      switch (node.type) {
        case 'CallExpression':
        case 'NewExpression':
          return node.arguments.some((part) => isEnvironment(part, code));
        case 'SpreadElement':
          return isEnvironment(node.argument, code);
        case 'ForInStatement':
          return isEnvironment(node.right, code);
        case 'Property':
          return isEnvironment(node.value, code);
        case 'VariableDeclarator':
          return (
            node.id.type === 'ObjectPattern' &&
            node.id.properties.some(({ type }) => type === 'RestElement') &&
            isEnvironment(node.init, code)
          );
        default:
          return false;
      }
    },
  },
  examples: {
    flags: [
      'JSON.stringify(process.env)',
      'const copy = { ...process.env };',
      "Object.entries(process['env'])",
      'for (const name in process.env) send(name);',
      'const environment = process.env; send(environment);',
      'const { PATH, ...rest } = process.env;',
      'send({ env: globalThis.process.env });',
    ],
    passes: [
      'const debug = process.env.DEBUG;',
      "const debug = typeof process === 'object' && process.env && process.env.NODE_DEBUG;",
      'const { DEBUG } = process.env;',
      "if ('DEBUG' in process.env) start();",
      'build(config.env);',
    ],
  },
});
