import { defineRule } from './defineRule.js';

export const workflowWrite = defineRule({
  id: 'workflow-write',
  severity: 'high',
  message: 'It changes what continuous integration runs.',
  why: 'What it writes there runs with a repository’s secrets.',
  match: { on: 'near', all: [['workflow-paths'], ['writes-files', 'starts-programs', 'uses-network']] },
  examples: {
    flags: ["require('fs').writeFileSync('.github/workflows/a.yml', text)"],
    passes: ["const text = 'see .github/workflows';"],
  },
});
