import { defineRule } from './defineRule.js';

export const extortion = defineRule({
  id: 'extortion',
  severity: 'high',
  message: 'It encrypts files and removes the originals.',
  why: 'That is how files are held to ransom.',
  match: { on: 'near', all: [['encrypts'], ['reads-files'], ['deletes-files', 'writes-files']] },
  examples: {
    flags: [
      "const fs = require('fs'); for (const f of fs.readdirSync(home)) { const c = require('crypto').createCipheriv('aes-256-cbc', key, iv); fs.writeFileSync(f, c.update(fs.readFileSync(f))); fs.unlinkSync(f); }",
    ],
    passes: ["require('crypto').createCipheriv('aes-256-cbc', key, iv)"],
  },
});
