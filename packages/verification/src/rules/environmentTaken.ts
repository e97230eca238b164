import { defineRule } from './defineRule.js';

/** {@link environmentDump}, in Python. */
export const environmentTaken = defineRule({
  id: 'environment-dump',
  severity: 'medium',
  ability: 'environment',
  languages: ['python'],
  message: 'It takes the whole environment instead of a variable that it names.',
  why: 'Environments hold credentials, and collecting them whole is the first thing that stolen-package malware does.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:dict|str|repr|list|json\.dumps|pickle\.dumps|print|set|tuple|sorted)$|\.(?:post|put|get|request|send|sendall|update|dumps|encode)$/,
        source: /\b(?:os\.)?environ\b(?!\s*(?:\[|\.get\b|\.setdefault\b))/,
      },
      { kind: 'call', name: /^os\.environ\.(?:items|copy|values|keys)$/ },
    ],
  },
  examples: {
    flags: [
      { path: 'main.py', runtime: 'python', content: 'import os, json\njson.dumps(dict(os.environ))' },
      { path: 'main.py', runtime: 'python', content: 'import os\nfor k, v in os.environ.items(): send(k, v)' },
    ],
    passes: [
      { path: 'main.py', runtime: 'python', content: "import os\nprint(os.environ['HOME'], os.environ.get('A'))" },
    ],
  },
});
