import { defineRule } from './defineRule.js';

export const homeDeletion = defineRule({
  id: 'home-deletion',
  severity: 'high',
  message: 'It deletes files in the user’s folder.',
  why: 'A plugin has none there.',
  match: { on: 'near', within: 500, all: [['names-home'], ['deletes-files']] },
  examples: {
    flags: [
      "const h = require('os').homedir(); require('fs').rmSync(h, { recursive: true })",
      {
        path: 'main.py',
        runtime: 'python',
        content: 'import shutil\nfrom pathlib import Path\ndef clean(p):\n  shutil.rmtree(p)\nclean(Path.home())',
      },
    ],
    passes: ["require('os').homedir()"],
  },
});
