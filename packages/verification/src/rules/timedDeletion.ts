import { defineRule } from './defineRule.js';

export const timedDeletion = defineRule({
  id: 'timed-deletion',
  severity: 'high',
  message: 'The plugin’s own code names a day, and deletes files.',
  why: 'A time bomb behaves until everybody trusts it.',
  match: { on: 'near', isShort: true, all: [['fixed-date'], ['deletes-files']] },
  examples: {
    flags: ["if (Date.now() > Date.UTC(2027, 7, 8)) require('fs').rmSync(path, { recursive: true })"],
    passes: ["require('fs').rmSync(path)", 'Date.now() > Date.UTC(2027, 7, 8)'],
  },
});
