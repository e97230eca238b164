import { defineRule } from './defineRule.js';
import { constantOf, evaluatedBy, lastNameOf, loadedModule, loadedName } from './syntax.js';

/** What libraries evaluate to find the global object, or to see whether evaluating is allowed. */
const HARMLESS = /^\s*(?:return (?:this|globalThis|new\.target);?|this|)\s*$/;

export const dynamicCode = defineRule({
  id: 'dynamic-code',
  severity: 'low',
  ability: 'eval',
  languages: ['javascript'],
  message: 'It makes code out of text while it runs.',
  why: 'What runs is then not what was signed and scanned. Templates and validators do it honestly, and a person can tell.',
  match: {
    on: 'node',
    matches(node) {
      if (loadedModule(node) === 'vm') return true;
      if (constantOf(loadedName(node))?.startsWith('data:')) return true;
      const code = evaluatedBy(node);
      if (!code || ('callee' in node && lastNameOf(node.callee) === '_compile')) return false;
      return !code.every((part) => HARMLESS.test(constantOf(part) ?? 'unknown'));
    },
  },
  examples: {
    flags: [
      'eval(input)',
      '(0, eval)(input)',
      "globalThis['ev' + 'al'](input)",
      "new Function('a', body)",
      'Function(body)()',
      "[].constructor.constructor('return process')()",
      "import vm from 'node:vm';",
      "import('data:text/javascript,console.log(1)')",
    ],
    passes: [
      "Function('return this')()",
      "new Function('')",
      'const isFunction = (f) => f instanceof Function;',
      'model.eval(input)',
      "import('./a.js')",
    ],
  },
});
