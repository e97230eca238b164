import { builtinModules } from 'node:module';
import type { AnyNode } from 'acorn';
import { defineRule } from './defineRule.js';
import { constantOf, lastNameOf, loadedName } from './syntax.js';

const BUILTINS = new Set(builtinModules);

const GLOBALS = new Set([
  'globalThis',
  'global',
  'window',
  'self',
  'process',
  'module',
  'require',
  'Reflect',
  'Function',
]);
const isPlain = ({ type }: AnyNode): boolean =>
  type === 'Literal' || type === 'TemplateLiteral' || type === 'Identifier' || type === 'MemberExpression';

/** Names that are put together although they are known: nothing is gained by it but not to be found. */
export const disguisedName = defineRule({
  id: 'disguised-name',
  severity: 'high',
  ability: 'obfuscation',
  languages: ['javascript'],
  message: 'It puts the name of what it loads or calls together from parts.',
  why: 'A name that is known can be written. Parts of one are written so that nobody finds it.',
  match: {
    on: 'node',
    matches: (node, code) => {
      const loaded = loadedName(node);
      const known = (name: string) => code.valueOf(name);
      if (loaded !== null && !isPlain(loaded))
        return BUILTINS.has(constantOf(loaded, known)?.replace(/^node:/, '') ?? '');
      if (node.type !== 'MemberExpression' || !node.computed || isPlain(node.property)) return false;
      return GLOBALS.has(lastNameOf(node.object) ?? '') && /^[A-Za-z_$][\w$]*$/.test(constantOf(node.property) ?? '');
    },
  },
  examples: {
    flags: [
      "require('child_' + 'process')",
      "globalThis['ev' + 'al'](x)",
      "require(['child', 'process'].join('_'))",
      "const parts = { a: 'chi', b: 'ld_process' }; require(parts.a + parts.b)",
      'const n = (...c) => String.fromCharCode(...c); require(n(102, 115))',
      "process['e' + 'nv']",
    ],
    passes: ["require('child_process')", "require('./a' + '.js')", "globalThis['fetch']", 'module[name]'],
  },
});
