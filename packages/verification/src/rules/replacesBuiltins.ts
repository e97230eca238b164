import { defineRule } from './defineRule.js';

export const replacesBuiltins = defineRule({
  id: 'replaces-builtins',
  severity: 'low',
  message: 'It replaces functions that everything else in the process calls.',
  why: 'Whoever holds them sees every request. Monitors and mocks do it honestly.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^sys\.(?:meta_path|path_hooks)\.(?:insert|append)$|^(?:node:)?module\.register(?:Hooks)?$/,
      },
      {
        kind: 'assign',
        name: /^(?:(?:net|tls|http2|dns|crypto)\.\w+|JSON\.(?:parse|stringify)|(?:Function|Promise|Buffer|Headers|Request|Response|WebSocket|FormData)\.prototype\.\w+)$/,
      },
      {
        kind: 'assign',
        name: /^(?:input|__import__|getpass\.\w+|http\.client\.[\w.]+|ssl\.\w+|subprocess\.\w+|smtplib\.[\w.]+|urllib3\.[\w.]+|requests\.[\w.]+|httpx\.[\w.]+|json\.(?:loads|dumps)|os\.\w+)$/,
      },
      {
        kind: 'assign',
        name: /^(?:https?\.(?:request|get)|fetch|XMLHttpRequest(?:\.prototype\.\w+)?|module\.(?:_load|_extensions\..*|prototype\.require)|Module\.(?:_load|prototype\.require|prototype\._compile)|require\.extensions\..*|ethereum(?:\.\w+)?|child_process\.\w+|fs\.\w+|process\.(?:emit|stdin\.\w+)|requests\.\w+|urllib\.request\.\w+|socket\.\w+|builtins\.\w+|sys\.meta_path)$/,
      },
    ],
  },
  examples: {
    flags: [
      "const https = require('https'); https.request = spy;",
      'globalThis.fetch = spy;',
      { path: 'main.py', runtime: 'python', content: 'import sys\nsys.meta_path.insert(0, Finder())' },
      { path: 'main.py', runtime: 'python', content: 'import getpass\ngetpass.getpass = ask' },
    ],
    passes: ['client.request = spy;'],
  },
});
