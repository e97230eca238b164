import { goProgramOf, importing } from '../native/examples.js';
import { defineRule } from './defineRule.js';

export const linksLoader = defineRule({
  id: 'links-loader',
  severity: 'info',
  ability: 'eval',
  languages: ['native'],
  message: 'The program holds what loads more machine code while it runs.',
  why: 'Code that is loaded later was not there to be looked at.',
  match: {
    on: 'facts',
    any: [
      { kind: 'linked', name: /^plugin\.[oO]pen$|^github\.com\/ebitengine\/purego\.Dlopen$/ },
      { kind: 'imported', name: /^(?:dlm?open|__libc_dlopen_mode|uv_dlopen)$/ },
    ],
  },
  examples: {
    flags: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('plugin.open') },
      { path: 'lib/a.so', content: importing('dlopen') },
    ],
    passes: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('plugin.main', 'main.open') },
      { path: 'lib/a.so', content: importing('fopen') },
    ],
  },
});
