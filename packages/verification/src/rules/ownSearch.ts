import { defineRule } from './defineRule.js';

export const ownSearch = defineRule({
  id: 'credential-search',
  severity: 'high',
  message: 'The plugin’s own code reads files where credentials are kept.',
  why: 'A plugin sees no file of any host, so it has no use for them.',
  match: {
    on: 'near',
    isShort: true,
    all: [
      ['credential-paths', 'system-secrets'],
      ['reads-files', 'uses-network', 'starts-programs'],
    ],
  },
  examples: { flags: ["require('fs').readFileSync(home + '/.npmrc')"], passes: ["const text = 'see .npmrc';"] },
});
