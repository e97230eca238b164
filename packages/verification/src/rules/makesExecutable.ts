import { defineRule } from './defineRule.js';

export const makesExecutable = defineRule({
  id: 'makes-executable',
  severity: 'low',
  ability: 'process',
  message: 'It makes a file executable.',
  why: 'What is executable was made to be started.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:fs|os)\.(?:chmod|chmodSync|fchmod\w*)$/,
        source: /0?o?7[57][57]|493|511|S_IX|S_IEXEC/,
      },
      { kind: 'string', name: /\bchmod\s+(?:[augo]*\+x|[0-7]?7[0-7]{2})\b/ },
      {
        kind: 'call',
        name: /\.(?:writeFile|writeFileSync|createWriteStream)$/,
        source: /mode\s*:\s*(?:0o?7[57][57]|493|511)/,
      },
    ],
  },
  examples: {
    flags: ["require('fs').chmodSync(p, 0o755)", "exec('chmod +x ' + p)"],
    passes: ["require('fs').chmodSync(p, 0o600)"],
  },
});
