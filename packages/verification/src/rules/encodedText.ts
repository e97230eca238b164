import { defineRule } from './defineRule.js';

export const encodedText = defineRule({
  id: 'encoded-text',
  severity: 'info',
  message: 'A string holds eighty characters or more of base64 or hexadecimal.',
  why: 'By itself it is data, such as an icon.',
  match: {
    on: 'constant',
    matches: (value) => value.length >= 80 && (/^[0-9a-fA-F]+$/.test(value) || /^[A-Za-z0-9+/]+={0,2}$/.test(value)),
  },
  examples: {
    flags: [`const data = '${'0f5e'.repeat(20)}';`, `const data = '${'QUJD'.repeat(20)}';`],
    passes: [`const data = '${'Some words. '.repeat(20)}';`, "const data = 'QUJD';"],
  },
});
