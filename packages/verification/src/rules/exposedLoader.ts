import type { AnyNode } from 'acorn';
import { defineRule } from './defineRule.js';
import { isGlobal } from './syntax.js';

const isRequire = (node: AnyNode): boolean => node.type === 'Identifier' && node.name === 'require';
const HOLDERS = ['global', 'globalThis', 'process', 'window', 'self'];

export const exposedLoader = defineRule({
  id: 'exposed-loader',
  severity: 'high',
  ability: 'obfuscation',
  languages: ['javascript'],
  message: 'It hands the function that loads modules to everybody, under a name of its own.',
  why: 'It is done so that code which nobody could read finds it. No bundler leaves this in its output.',
  match: {
    on: 'node',
    matches: (node) => {
      if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression' || !isRequire(node.right))
        return false;
      const { object } = node.left;
      return HOLDERS.some((name) => isGlobal(object, name));
    },
  },
  examples: {
    flags: ["global['r'] = require;", 'global[x] = require', 'globalThis.load = require;'],
    passes: ['exports.require = require;', 'const load = typeof require === "function" && require;'],
  },
});
