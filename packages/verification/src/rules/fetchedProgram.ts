import { defineRule } from './defineRule.js';

export const fetchedProgram = defineRule({
  id: 'fetched-program',
  severity: 'high',
  message: 'It fetches a file and makes it executable.',
  why: 'A program that comes at run time was neither signed nor scanned.',
  match: { on: 'near', all: [['makes-executable'], ['uses-network', 'bare-address']] },
  examples: {
    flags: [
      "require('https').get(url, (r) => { r.pipe(require('fs').createWriteStream(p)); require('fs').chmodSync(p, 0o755); })",
    ],
    passes: ["require('fs').chmodSync(p, 0o755)"],
  },
});
