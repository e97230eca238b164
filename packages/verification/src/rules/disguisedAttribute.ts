import { defineRule } from './defineRule.js';

/** {@link disguisedName}, in Python. */
export const disguisedAttribute = defineRule({
  id: 'disguised-name',
  severity: 'high',
  ability: 'obfuscation',
  languages: ['python'],
  message: 'It puts the name of what it loads or calls together from parts.',
  why: 'A name that is known can be written. Parts of one are written so that nobody finds it.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:getattr|__import__|importlib\.import_module|setattr)$/,
        source: /["']\s*\+\s*["']|\[::-1\]|\bchr\b|b64decode|fromhex|rot13|["']\.join\(/,
      },
    ],
  },
  examples: {
    flags: [
      { path: 'main.py', runtime: 'python', content: "import os\ngetattr(os, 'sys' + 'tem')('id')" },
      { path: 'main.py', runtime: 'python', content: "__import__(''.join(map(chr, (111, 115))))" },
    ],
    passes: [{ path: 'main.py', runtime: 'python', content: "getattr(self, 'on_' + name)()" }],
  },
});
