import { defineRule } from './defineRule.js';

export const encrypts = defineRule({
  id: 'encrypts',
  severity: 'info',
  message: 'It encrypts.',
  why: 'Over the files of a folder, with the originals deleted, it is extortion.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^crypto\.(?:createCipheriv|createCipher|publicEncrypt)$|^(?:Crypto\.Cipher\.\w+\.new|AES\.new|cryptography\.fernet\.Fernet|Fernet|pyAesCrypt\.\w+)/,
      },
      { kind: 'call', name: /(?:^|\.)(?:Fernet|AES\.new)$/ },
    ],
  },
  examples: {
    flags: [
      "require('crypto').createCipheriv('aes-256-cbc', key, iv)",
      {
        path: 'main.py',
        runtime: 'python',
        content: 'from cryptography.fernet import Fernet\nFernet(key).encrypt(data)',
      },
    ],
    passes: ["require('crypto').createHash('sha256')"],
  },
});
