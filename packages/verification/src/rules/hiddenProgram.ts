import { defineRule } from './defineRule.js';

export const hiddenProgram = defineRule({
  id: 'hidden-program',
  severity: 'high',
  message: 'It starts a program that stays unseen, of code that was encoded or fetched.',
  why: 'It is done so that nobody notices.',
  match: {
    on: 'near',
    all: [['hides-process'], ['decodes-text', 'encoded-payload', 'bare-address', 'obfuscated-code']],
  },
  examples: {
    flags: ["require('child_process').spawn('node', ['-e', atob(x)], { detached: true, stdio: 'ignore' })"],
    passes: ["require('child_process').spawn('node', ['x'], { detached: true, stdio: 'ignore' })"],
  },
});
