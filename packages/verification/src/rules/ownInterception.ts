import { defineRule } from './defineRule.js';

export const ownInterception = defineRule({
  id: 'own-interception',
  severity: 'high',
  message: 'The plugin’s own code replaces what everything else in the process calls, and uses the network.',
  why: 'Whoever holds those functions can copy what passes, and here there is where to send it.',
  suggestion: 'Wrap what you call yourself, and leave what others call as it is.',
  match: { on: 'near', isShort: true, all: [['replaces-builtins'], ['uses-network']] },
  examples: {
    flags: [
      "const Module = require('module'); Module._load = watch; require('https').request('https://a.example/')",
      {
        path: 'main.py',
        runtime: 'python',
        content: 'import builtins, urllib.request\nbuiltins.input = ask\nurllib.request.urlopen(url)',
      },
    ],
    passes: ["const Module = require('module'); Module._load = watch;", "await fetch('https://a.example/')"],
  },
});
