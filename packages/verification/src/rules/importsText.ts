import { defineRule } from './defineRule.js';

export const importsText = defineRule({
  id: 'imports-text',
  severity: 'high',
  ability: 'eval',
  languages: ['javascript'],
  message: 'It makes a module out of text while it runs.',
  why: 'What runs is then not what was signed and scanned.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /^import$/, argument: /^(?:data|blob):/ },
      { kind: 'call', name: /^(?:Worker|worker_threads\.Worker)$/, source: /eval\s*:\s*(?:true|!0)/ },
    ],
  },
  examples: {
    flags: [
      "import('data:text/javascript;base64,' + btoa(text))",
      "const { Worker } = require('worker_threads'); new Worker(text, { eval: true })",
    ],
    passes: ["import('./a.js')", "new Worker(new URL('./a.js', import.meta.url))"],
  },
});
