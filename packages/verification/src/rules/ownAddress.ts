import { defineRule } from './defineRule.js';

export const ownAddress = defineRule({
  id: 'own-address',
  severity: 'high',
  message: 'The plugin’s own code goes to a server that has a number and no name.',
  why: 'An honest plugin declares hosts by name and has the host fetch from them. A bare address is what droppers and shells go to.',
  suggestion: 'Use the service’s name, and declare it in http.',
  match: { on: 'near', all: [['bare-address'], ['uses-network', 'starts-programs']], isShort: true },
  examples: {
    flags: [
      "require('net').connect(4444, '203.0.113.7')",
      "await fetch('http://198.51.100.7/a')",
      {
        path: 'main.py',
        runtime: 'python',
        content: "import socket\ns = socket.socket()\ns.connect(('203.0.113.7', 4444))",
      },
    ],
    passes: [
      "const example = '203.0.113.7';",
      "await fetch('https://api.example.com/')",
      "fetch('http://127.0.0.1:80/')",
    ],
  },
});
