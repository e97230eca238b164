import { defineRule } from './defineRule.js';

export const loadsObjects = defineRule({
  id: 'loads-objects',
  severity: 'low',
  ability: 'eval',
  languages: ['python'],
  message: 'It makes objects or machine code out of bytes while it runs.',
  why: 'Such bytes can do whatever a program can.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:marshal\.loads?|c?pickle\.loads?|cPickle\.loads?|dill\.loads?|shelve\.open|jsonpickle\.decode|yaml\.(?:unsafe_load|load)|ctypes\.(?:CDLL|WinDLL|windll|cdll|CFUNCTYPE))/,
      },
    ],
  },
  examples: {
    flags: [{ path: 'main.py', runtime: 'python', content: 'import pickle\npickle.loads(data)' }],
    passes: [{ path: 'main.py', runtime: 'python', content: 'import json\njson.loads(data)' }],
  },
});
