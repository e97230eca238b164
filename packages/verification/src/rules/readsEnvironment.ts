import { defineRule } from './defineRule.js';

export const readsEnvironment = defineRule({
  id: 'reads-environment',
  severity: 'info',
  ability: 'environment',
  message: 'It reads environment variables.',
  why: 'A sandbox has three that say nothing; configuration and secrets come from the host.',
  match: {
    on: 'facts',
    any: [
      { kind: 'member', name: /^(?:process\.env|os\.environ|os\.environb)(?:\.|$)/ },
      { kind: 'call', name: /^os\.(?:getenv|environ\.\w+)$/ },
    ],
  },
  examples: {
    flags: [
      'const debug = process.env.DEBUG;',
      { path: 'main.py', runtime: 'python', content: "import os\nos.environ['HOME']" },
    ],
    passes: ['build(config.env);'],
  },
});
