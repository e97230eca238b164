import { goProgramOf, importing } from '../native/examples.js';
import { defineRule } from './defineRule.js';

export const linksEnvironment = defineRule({
  id: 'links-environment',
  severity: 'info',
  ability: 'environment',
  languages: ['native'],
  message: 'The program holds what reads the environment.',
  why: 'A sandbox’s is empty, and secrets come from the host. Go’s runtime reads a few variables by other functions, in every program.',
  match: {
    on: 'facts',
    any: [
      { kind: 'linked', name: /^os\.(?:Getenv|LookupEnv|Environ|ExpandEnv)$/ },
      { kind: 'imported', name: /^(?:secure_)?getenv$|^environ$/ },
    ],
  },
  examples: {
    flags: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('os.LookupEnv') },
      { path: 'addon.node', content: importing('getenv') },
    ],
    passes: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('syscall.Getenv', 'syscall.runtime_envs') },
      { path: 'addon.node', content: importing('setlocale') },
    ],
  },
});
