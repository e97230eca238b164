import { defineRule } from './defineRule.js';

export const deletesFiles = defineRule({
  id: 'deletes-files',
  severity: 'info',
  ability: 'filesystem',
  message: 'It deletes files.',
  why: 'A plugin has none but those in its /tmp.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:fs|fs-extra|graceful-fs)\.(?:rm|rmSync|rmdir|rmdirSync|unlink|unlinkSync|remove|removeSync|emptyDir\w*|truncate\w*)$|^(?:rimraf|del)(?:\.|$)/,
      },
      { kind: 'call', name: /^(?:os\.(?:remove|unlink|rmdir|removedirs|truncate)|shutil\.rmtree)$/ },
    ],
  },
  examples: {
    flags: [
      "require('fs').rmSync(path, { recursive: true })",
      { path: 'main.py', runtime: 'python', content: 'import shutil\nshutil.rmtree(path)' },
    ],
    passes: ['list.remove(item)'],
  },
});
