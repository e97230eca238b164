import { defineRule } from './defineRule.js';

export const sabotage = defineRule({
  id: 'sabotage',
  severity: 'high',
  message: 'It looks where the user lives, and deletes or overwrites files.',
  why: 'Software that harms some of its users on purpose harms all trust in it.',
  match: { on: 'near', all: [['clock-or-place'], ['deletes-files']] },
  examples: {
    flags: [
      "if (Intl.DateTimeFormat().resolvedOptions().timeZone === 'X') require('fs').rmSync(path, { recursive: true })",
    ],
    passes: ["require('fs').rmSync(path)"],
  },
});
