import { defineRule } from './defineRule.js';

export const buildsFunctions = defineRule({
  id: 'builds-functions',
  severity: 'low',
  ability: 'eval',
  languages: ['javascript'],
  message: 'It reaches the maker of functions by way of another function.',
  why: 'It is a way to eval that does not look like one.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /(?:^|\.)(?:filter|map|constructor|at|find|sort|slice|concat|toString|call|bind|apply|flat|entries|\w+\(\))\.constructor$/,
      },
      { kind: 'call', name: /(?:AsyncFunction|GeneratorFunction)$|^function\.constructor$/ },
      { kind: 'call', name: /./, given: /^(?:eval|Function)$/ },
    ],
  },
  examples: {
    flags: ["const F = []['filter']['constructor']; F(text)()", '(() => {}).constructor.constructor(text)()'],
    passes: ['new this.constructor(options)', 'this.constructor.name'],
  },
});
