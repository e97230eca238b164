import { defineRule } from './defineRule.js';

export const ownEval = defineRule({
  id: 'own-eval',
  severity: 'high',
  message: 'The plugin’s own code makes code out of text.',
  why: 'What runs is then not what was signed and scanned. Libraries for templates do it; a plugin of a few lines does not.',
  match: {
    on: 'near',
    isShort: true,
    all: [['dynamic-code', 'builds-functions', 'imports-text', 'runs-text', 'loads-objects']],
  },
  examples: { flags: ['eval(input)', 'fetch(u).then((r) => r.text()).then(eval)'], passes: ['model.eval(input)'] },
});
