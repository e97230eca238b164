import { defineRule } from './defineRule.js';

const LONG = 8192;

export const encodedBlob = defineRule({
  id: 'encoded-blob',
  severity: 'medium',
  message: 'A string holds thousands of characters of base64 or hexadecimal.',
  why: 'Fonts, images and WebAssembly are often embedded like this, and so are payloads. By itself it decides nothing.',
  match: {
    on: 'constant',
    matches: (value) =>
      value.length >= LONG && (/^[A-Za-z0-9+/_=-]+$/.test(value) || /^data:[^,]{0,200},[A-Za-z0-9+/=]+$/.test(value)),
  },
  examples: {
    flags: [
      `const data = '${'QUJD'.repeat(3000)}';`,
      `const data = '${'00ff'.repeat(3000)}';`,
      `const data = '${'a'.repeat(5000)}' + '${'b'.repeat(5000)}';`,
    ],
    passes: [`const text = '${'Some words. '.repeat(1000)}';`, "const data = 'QUJD';"],
  },
});
