import { defineRule } from './defineRule.js';

export const hiddenInMedia = defineRule({
  id: 'hidden-in-media',
  severity: 'high',
  message: 'It reads a file that looks like no code, and runs text.',
  why: 'Nobody looks for code in pictures.',
  match: {
    on: 'near',
    all: [['media-name'], ['reads-files'], ['dynamic-code', 'builds-functions', 'imports-text', 'runs-text']],
  },
  examples: {
    flags: [
      "eval(require('fs').readFileSync('./logo.png').slice(-200).toString())",
      { path: 'main.py', runtime: 'python', content: "exec(open('logo.png', 'rb').read()[-200:])" },
    ],
    passes: ["require('fs').readFileSync('./logo.png')"],
  },
});
