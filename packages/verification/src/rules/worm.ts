import { defineRule } from './defineRule.js';

export const worm = defineRule({
  id: 'worm',
  severity: 'high',
  message: 'It publishes packages by itself.',
  why: 'Code that publishes in its user’s name spreads.',
  match: { on: 'near', all: [['registry-publish'], ['starts-programs', 'uses-network', 'writes-files']] },
  examples: {
    flags: ["require('child_process').execSync('npm publish')"],
    passes: ["const help = 'Then run npm publish.';"],
  },
});
