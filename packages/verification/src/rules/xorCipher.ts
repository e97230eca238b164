import { defineRule } from './defineRule.js';

/** A key that begins anew when it has ended: `key[i % key.length]`, `key.charCodeAt(i % key.length)`, `key[i % len(key)]`. */
const CIPHER =
  /\^=?[^;\n]{0,60}%\s*(?:[\w$.]+\.length|len\(\w+\))|%\s*(?:[\w$.]+\.length|len\(\w+\))[\])]{1,3}\s*\^|zip\([^\n]{0,60}\bcycle\(/g;

export const xorCipher = defineRule({
  id: 'xor-cipher',
  severity: 'info',
  message: 'It enciphers or deciphers with a key that is repeated.',
  why: 'It keeps no secret, and only hides what a text is.',
  match: {
    on: 'source',
    *offsets({ text, isInert }) {
      for (const { index } of text.matchAll(CIPHER)) if (!isInert(index)) yield index;
    },
  },
  examples: {
    flags: [
      'for (let i = 0; i < raw.length; i++) raw[i] ^= key.charCodeAt(i % key.length);',
      'raw.map((b, i) => key[i % key.length] ^ b)',
      { path: 'main.py', runtime: 'python', content: 'out = bytes(b ^ key[i % len(key)] for i, b in enumerate(raw))' },
    ],
    passes: ['hash ^= text.charCodeAt(i);', 'list[i % list.length]'],
  },
});
