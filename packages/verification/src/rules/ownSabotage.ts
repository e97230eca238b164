import { defineRule } from './defineRule.js';

export const ownSabotage = defineRule({
  id: 'own-sabotage',
  severity: 'high',
  message: 'The plugin’s own code looks where the user lives, and writes or deletes files.',
  why: 'Software that harms some of its users on purpose harms all trust in it.',
  match: { on: 'near', isShort: true, all: [['clock-or-place'], ['writes-files', 'deletes-files']] },
  examples: {
    flags: [
      "const g = await (await fetch('https://api.example.com')).json(); if (g.country_code === 'XX') require('fs').writeFileSync(path, '')",
    ],
    passes: ['Intl.DateTimeFormat().resolvedOptions().timeZone'],
  },
});
