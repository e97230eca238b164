import { defineRule } from './defineRule.js';

/** What turns stored or received text into something else. */
const DECODES =
  /b64decode|b32decode|b85decode|decodebytes|a2b_|fromhex|unhexlify|decompress|marshal\.loads|rot.?13|\.decode\(|Fernet|decrypt|\[::-1\]|bytes\(\[|chr\(/;

export const runsDecoded = defineRule({
  id: 'runs-decoded',
  severity: 'critical',
  ability: 'eval',
  languages: ['python'],
  message: 'It decodes text and runs it.',
  why: 'Code that is stored encoded and run has one purpose, not to be read. No honest build does it.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /^(?:exec|eval)$/, source: DECODES },
      {
        kind: 'call',
        name: /^(?:exec|eval)$/,
        source: /^\s*compile\([\s\S]{0,400}(?:b64decode|fromhex|decompress|marshal)/,
      },
    ],
  },
  examples: {
    flags: [
      { path: 'main.py', runtime: 'python', content: "import base64\nexec(base64.b64decode('cHJpbnQoMSk='))" },
      { path: 'main.py', runtime: 'python', content: "exec(__import__('zlib').decompress(data))" },
    ],
    passes: [
      { path: 'main.py', runtime: 'python', content: 'import base64\nprint(base64.b64decode(text))' },
      { path: 'main.py', runtime: 'python', content: 'import re\nre.compile(x)' },
    ],
  },
});
