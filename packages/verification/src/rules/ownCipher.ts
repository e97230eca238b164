import { defineRule } from './defineRule.js';

export const ownCipher = defineRule({
  id: 'own-cipher',
  severity: 'high',
  ability: 'obfuscation',
  message: 'The plugin’s own code deciphers a text that it brings along.',
  why: 'The key lies beside it, so it protects nothing: it was made so that nobody reads it.',
  suggestion: 'Ship the text as it is.',
  match: { on: 'near', isShort: true, all: [['xor-cipher'], ['encoded-text', 'encoded-blob']] },
  examples: {
    flags: [
      `const raw = Buffer.from('${'0f5e'.repeat(20)}', 'hex'); for (let i = 0; i < raw.length; i++) raw[i] ^= key.charCodeAt(i % key.length);`,
    ],
    passes: ['for (let i = 0; i < raw.length; i++) raw[i] ^= key.charCodeAt(i % key.length);'],
  },
});
