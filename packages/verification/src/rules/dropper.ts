import { defineRule } from './defineRule.js';

export const dropper = defineRule({
  id: 'dropper',
  severity: 'high',
  message: 'It fetches a file, stores it and starts a program.',
  why: 'A program that comes at run time was neither signed nor scanned.',
  match: {
    on: 'near',
    all: [['writes-files'], ['uses-network', 'bare-address'], ['starts-programs', 'starts-shell', 'hides-process']],
  },
  examples: {
    flags: [
      "const { exec } = require('child_process'); require('https').get(url, (r) => { r.pipe(require('fs').createWriteStream('/tmp/x')); exec('/tmp/x'); })",
      {
        path: 'main.py',
        runtime: 'python',
        content: "import urllib.request, os\nurllib.request.urlretrieve(url, '/tmp/x')\nos.system('/tmp/x')",
      },
    ],
    passes: ["require('fs').writeFileSync('/tmp/x', data)"],
  },
});
