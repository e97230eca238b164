import { defineRule } from './defineRule.js';
import { lastNameOf } from './syntax.js';

export const hiddenLoader = defineRule({
  id: 'hidden-loader',
  severity: 'high',
  ability: 'obfuscation',
  languages: ['javascript'],
  message: 'It loads modules by a way round the usual one.',
  why: 'Whoever looks for what a plugin loads looks for imports.',
  match: {
    on: 'node',
    matches: (node) => {
      if (node.type !== 'MemberExpression') return false;
      const [object, name] = [lastNameOf(node.object), lastNameOf(node)];
      if (object === 'module' && name === 'constructor') return true;
      return (object === 'mainModule' && name === 'require') || (object === 'constructor' && name === '_load');
    },
  },
  examples: {
    flags: [
      "process.mainModule.require('fs')",
      "module.constructor._load('fs')",
      "new module.constructor('')._compile(text, '')",
    ],
    passes: ["require('fs')", 'Module._load(a)'],
  },
});
