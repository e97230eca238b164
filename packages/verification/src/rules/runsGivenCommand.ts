import { defineRule } from './defineRule.js';

export const runsGivenCommand = defineRule({
  id: 'runs-given-command',
  severity: 'low',
  ability: 'process',
  message: 'It has a shell run a command that comes from elsewhere.',
  why: 'Whoever the command comes from is in charge.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /^child_process\.(?:exec|execSync)$/, isUnknown: true },
      { kind: 'call', name: /^(?:os\.(?:system|popen)|subprocess\.(?:getoutput|getstatusoutput))$/, isUnknown: true },
      { kind: 'call', name: /^subprocess\.\w+$/, isUnknown: true, source: /shell\s*=\s*True/ },
    ],
  },
  examples: {
    flags: [
      "require('child_process').exec(command)",
      { path: 'main.py', runtime: 'python', content: 'import subprocess\nsubprocess.run(c, shell=True)' },
    ],
    passes: [
      "require('child_process').exec('git status')",
      { path: 'main.py', runtime: 'python', content: "import os\nos.system('ls')" },
    ],
  },
});
