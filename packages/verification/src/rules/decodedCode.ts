import { defineRule } from './defineRule.js';

export const decodedCode = defineRule({
  id: 'decoded-code',
  severity: 'high',
  message: 'It decodes text, and runs text, in the same place.',
  why: 'Code that is stored encoded was not to be read.',
  match: {
    on: 'near',
    within: 600,
    all: [
      ['decodes-text', 'encoded-payload'],
      ['dynamic-code', 'builds-functions', 'imports-text', 'runs-text'],
    ],
  },
  examples: {
    flags: [
      "let o = ''; for (const c of d) o += String.fromCharCode(c.charCodeAt(0) ^ 7); eval(o);",
      { path: 'main.py', runtime: 'python', content: 'import base64 as b\nd = b.b64decode(x)\nexec(d)' },
    ],
    passes: ['String.fromCharCode(65)', "eval('1')"],
  },
});
