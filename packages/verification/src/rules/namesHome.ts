import { defineRule } from './defineRule.js';

export const namesHome = defineRule({
  id: 'names-home',
  severity: 'info',
  ability: 'filesystem',
  message: 'It asks for the user’s folder.',
  why: 'Together with deleting it is a wipe.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /^os\.homedir$|(?:^|\.)Path\.home$/ },
      { kind: 'call', name: /^os\.path\.expanduser$|(?:^|\.)expanduser$/ },
      { kind: 'member', name: /^(?:process\.env|os\.environ)\.(?:HOME|USERPROFILE)$/ },
    ],
  },
  examples: {
    flags: [
      "require('os').homedir()",
      { path: 'main.py', runtime: 'python', content: 'from pathlib import Path\nPath.home()' },
    ],
    passes: ["const home = '/';"],
  },
});
