import { defineRule } from './defineRule.js';

export const ownProgram = defineRule({
  id: 'own-program',
  severity: 'high',
  message: 'The plugin’s own code starts programs.',
  why: 'A sandbox has no program but the plugin, so honest code starts none. Libraries bring such code along; a plugin of a few lines does not.',
  match: { on: 'near', isShort: true, all: [['starts-programs', 'starts-shell', 'runs-given-command']] },
  examples: {
    flags: [
      "require('child_process').exec('id')",
      { path: 'main.py', runtime: 'python', content: "import os\nos.system('id')" },
    ],
    passes: ["db.exec('select 1')"],
  },
});
