import { defineRule } from './defineRule.js';

export const writesFiles = defineRule({
  id: 'writes-files',
  severity: 'info',
  ability: 'filesystem',
  message: 'It writes files, or makes them executable.',
  why: 'A plugin can write in its /tmp alone.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:fs|fs-extra|graceful-fs)\.(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|outputFile\w*|writeSync|chmod|chmodSync|symlink\w*|copyFile\w*|rename\w*)$/,
      },
      { kind: 'call', name: /^(?:open|io\.open)$/, source: /['"](?:[rwax]b?\+|[wax]b?\+?|[wax]t)['"]/ },
      {
        kind: 'call',
        name: /(?:^|\.)(?:write_text|write_bytes)$|^(?:os\.(?:chmod|rename|replace)|shutil\.(?:copy\w*|move)|urllib\.request\.urlretrieve|urlretrieve)$/,
      },
    ],
  },
  examples: {
    flags: [
      "require('fs').writeFileSync(path, data)",
      { path: 'main.py', runtime: 'python', content: "open(path, 'wb').write(data)" },
    ],
    passes: [
      "require('fs').readFileSync(path)",
      { path: 'main.py', runtime: 'python', content: "open(path, 'r').read()" },
    ],
  },
});
