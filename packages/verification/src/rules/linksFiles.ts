import { goProgramOf, importing } from '../native/examples.js';
import { defineRule } from './defineRule.js';

export const linksFiles = defineRule({
  id: 'links-files',
  severity: 'info',
  ability: 'filesystem',
  languages: ['native'],
  message: 'The program holds what opens, changes or removes files.',
  why: 'It is common, and a sandbox has no file but the plugin’s own: it is told so that a tenant knows.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'linked',
        name: /^os\.(?:Open|OpenFile|Create|CreateTemp|ReadFile|WriteFile|ReadDir|Remove|RemoveAll|Rename|Mkdir|MkdirAll|Chmod|Symlink)$/,
      },
      {
        kind: 'imported',
        name: /^(?:f?open(?:at)?(?:64)?|creat(?:64)?|unlink(?:at)?|rename(?:at2?)?|mkdir(?:at)?|opendir|f?chmod(?:at)?|symlink(?:at)?)$/,
      },
    ],
  },
  examples: {
    flags: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('os.ReadFile') },
      { path: 'addon.node', content: importing('fopen64') },
    ],
    passes: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('os.NewFile', 'os.(*File).Write') },
      { path: 'addon.node', content: importing('write') },
    ],
  },
});
