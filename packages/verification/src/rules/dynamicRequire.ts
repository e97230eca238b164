import { defineRule } from './defineRule.js';
import { constantOf, lastNameOf, loadedName } from './syntax.js';

const HIDDEN = new Set(['_load', '_resolveFilename', 'mainModule', '_extensions']);

export const dynamicRequire = defineRule({
  id: 'dynamic-require',
  severity: 'low',
  ability: 'eval',
  languages: ['javascript'],
  message: 'It loads modules by a name that is made up while it runs.',
  why: 'Which modules a plugin loads can then not be known beforehand. Bundlers leave nothing of this kind in their output.',
  match: {
    on: 'node',
    matches(node) {
      if (node.type === 'ImportExpression' || (node.type === 'CallExpression' && node.arguments.length > 0)) {
        const name = loadedName(node);
        if (name !== null && constantOf(name) === null) return true;
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
