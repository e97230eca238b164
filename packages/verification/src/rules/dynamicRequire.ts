import type { AnyNode } from 'acorn';
import { defineRule } from './defineRule.js';
import { constantOf, isGlobal, lastNameOf, loadedName } from './syntax.js';

const isRequire = (node: AnyNode): boolean => node.type === 'Identifier' && node.name === 'require';
const HOLDERS = ['global', 'globalThis', 'process', 'window', 'self'];
const HIDDEN = new Set(['_load', '_resolveFilename', 'mainModule', '_extensions']);

export const dynamicRequire = defineRule({
  id: 'dynamic-require',
  severity: 'high',
  message: 'It loads modules by a name that is made up while it runs, or hides the function that loads them.',
  why: 'Which modules a plugin loads can then not be known beforehand. Bundlers leave nothing of this kind in their output.',
  match: {
    on: 'node',
    matches(node) {
      if (node.type === 'ImportExpression' || (node.type === 'CallExpression' && node.arguments.length > 0)) {
        const name = loadedName(node);
        if (name !== null && constantOf(name) === null) return true;
      }
      if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && isRequire(node.right)) {
        const { object } = node.left;
        return HOLDERS.some((name) => isGlobal(object, name));
      }
      if (node.type !== 'MemberExpression' || !HIDDEN.has(lastNameOf(node) ?? '')) return false;
      return ['process', 'Module', 'constructor', 'module'].includes(lastNameOf(node.object) ?? '');
    },
  },
  examples: {
    flags: [
      'require(name)',
      "require(['fs', 'path'][i])",
      'await import(name)',
      "global['r'] = require;",
      'global[x] = require',
      'globalThis.load = require;',
      "process.mainModule.require('fs')",
      "module.constructor._load('fs')",
      "require('module')._load(name)",
      '__non_webpack_require__(name)',
    ],
    passes: [
      "require('./a.js')",
      "import('./a.js')",
      'const load = typeof require === "function" && require;',
      "import { createRequire } from 'module'; const require = createRequire(import.meta.url);",
      'exports.require = require;',
      'function f() { return require.apply(this, arguments); }',
    ],
  },
});
