import { defineRule } from './defineRule.js';

export const fixedDate = defineRule({
  id: 'fixed-date',
  severity: 'info',
  message: 'It names a day of these years.',
  why: 'Together with deleting it is how a time bomb waits.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /^(?:Date|Date\.UTC|Date\.parse)$/, argument: /^20(?:2[4-9]|3\d)\b/ },
      { kind: 'call', name: /(?:^|\.)(?:datetime|date|fromisoformat|strptime)$/, argument: /^20(?:2[4-9]|3\d)\b/ },
    ],
  },
  examples: {
    flags: [
      'Date.now() > Date.UTC(2027, 7, 8)',
      "new Date('2027-08-08')",
      { path: 'main.py', runtime: 'python', content: 'import datetime\ndatetime.date(2027, 8, 8)' },
    ],
    passes: ['new Date(time)', 'new Date(1970, 0, 1)'],
  },
});
