import { defineRule } from './defineRule.js';

export const readsFiles = defineRule({
  id: 'reads-files',
  severity: 'info',
  ability: 'filesystem',
  message: 'It reads files.',
  why: 'A plugin reads its own, in /plugin, and what the host gives it in /input.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:fs|fs-extra|graceful-fs)\.(?:readFile|readFileSync|createReadStream|readdir|readdirSync|opendir|open|openSync|cp|copyFile\w*)$/,
      },
      {
        kind: 'call',
        name: /^(?:open|io\.open|os\.(?:listdir|walk|scandir|open)|glob\.i?glob|shutil\.copy\w*)$|(?:^|\.)(?:read_text|read_bytes|iterdir|rglob)$/,
      },
    ],
  },
  examples: {
    flags: [
      "import { readFile } from 'node:fs/promises'; await readFile(path)",
      { path: 'main.py', runtime: 'python', content: 'open(path).read()' },
    ],
    passes: ['reader.readFile(path)', "import 'node:fs';"],
  },
});
