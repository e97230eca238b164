import { defineRule } from './defineRule.js';

export const runsText = defineRule({
  id: 'runs-text',
  severity: 'low',
  ability: 'eval',
  languages: ['python'],
  message: 'It makes code out of text while it runs.',
  why: 'What runs is then not what was signed and scanned.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:exec|eval|compile|execfile|builtins\.(?:exec|eval)|code\.InteractiveInterpreter|runpy\.run_\w+|types\.FunctionType)$/,
      },
    ],
  },
  examples: {
    flags: [
      { path: 'main.py', runtime: 'python', content: 'exec(text)' },
      { path: 'main.py', runtime: 'python', content: "getattr(__builtins__, 'ev' + 'al')(text)" },
    ],
    passes: [{ path: 'main.py', runtime: 'python', content: 'model.eval()' }],
  },
});
