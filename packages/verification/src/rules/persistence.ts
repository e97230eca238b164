import { defineRule } from './defineRule.js';

export const persistence = defineRule({
  id: 'persistence',
  severity: 'high',
  message: 'It writes where systems start programs from, or has a program do it.',
  why: 'It wants to run again when nobody asked it to.',
  match: { on: 'near', all: [['persistence-paths'], ['writes-files', 'starts-programs', 'writes-registry']] },
  examples: {
    flags: [
      "require('fs').appendFileSync(home + '/.bashrc', line)",
      {
        path: 'main.py',
        runtime: 'python',
        content: "import os\nos.system('crontab -l | { cat; echo x; } | crontab -')",
      },
    ],
    passes: ["console.log('Add this to your .bashrc')"],
  },
});
