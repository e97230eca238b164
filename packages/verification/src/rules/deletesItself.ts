import { defineRule } from './defineRule.js';

export const deletesItself = defineRule({
  id: 'deletes-itself',
  severity: 'high',
  message: 'It deletes or replaces its own code.',
  why: 'It is done so that nobody can see afterwards what ran.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:fs|fs-extra|graceful-fs)\.(?:unlink|unlinkSync|rm|rmSync|remove\w*|writeFile|writeFileSync)$|^os\.(?:remove|unlink)$/,
        source:
          /^\s*(?:__filename|process\.argv\[1\]|__file__|sys\.argv\[0\]|os\.path\.(?:abspath|realpath)\((?:__file__|sys\.argv\[0\])\)|(?:\w+\.)?fileURLToPath\(import\.meta\.url\)|import\.meta\.filename|(?:path\.)?(?:join|resolve)\(__dirname,\s*["'](?:package\.json|index\.js|setup\.js|(?:pre|post)install\.js))/,
      },
    ],
  },
  examples: {
    flags: [
      "require('fs').unlinkSync(__filename)",
      { path: 'main.py', runtime: 'python', content: 'import os\nos.remove(__file__)' },
    ],
    passes: ["require('fs').unlinkSync(tmp)", "require('fs').readFileSync(__filename)"],
  },
});
