import { defineRule } from './defineRule.js';

export const namesUser = defineRule({
  id: 'names-user',
  severity: 'info',
  ability: 'environment',
  message: 'It asks who the user is.',
  why: 'Together with the host’s name and a connection it is how stolen packages report where they run.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^os\.(?:userInfo|getlogin|getuid)$|^(?:getpass\.getuser|pwd\.getpw\w+)$|^username(?:Sync)?$/,
      },
      { kind: 'member', name: /^process\.env\.(?:USER|USERNAME|LOGNAME)$|^os\.userInfo/ },
      {
        kind: 'call',
        name: /(?:exec|execSync|system|popen|check_output|run|getoutput)$/,
        argument: /\b(?:whoami|id -un)\b/,
      },
      { kind: 'call', name: /^os\.(?:getenv|environ\.get)$/, argument: /^(?:USER|USERNAME|LOGNAME)$/ },
    ],
  },
  examples: {
    flags: [
      "require('os').userInfo().username",
      { path: 'main.py', runtime: 'python', content: 'import getpass\ngetpass.getuser()' },
    ],
    passes: ['db.userInfo()'],
  },
});
