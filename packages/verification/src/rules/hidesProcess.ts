import { defineRule } from './defineRule.js';

export const hidesProcess = defineRule({
  id: 'hides-process',
  severity: 'medium',
  message: 'It starts a program that stays when it ends, unseen.',
  why: 'Updaters do it honestly; so does everything that wants to live on.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /(?:spawn|fork|exec|execFile)$/,
        source:
          /detached\s*:\s*(?:true|!0)[\s\S]*stdio\s*:\s*["']ignore|stdio\s*:\s*["']ignore[\s\S]*detached\s*:\s*(?:true|!0)|windowsHide\s*:\s*(?:true|!0)[\s\S]*detached|detached[\s\S]*windowsHide/,
      },
      {
        kind: 'call',
        name: /^subprocess\.\w+$/,
        source:
          /CREATE_NO_WINDOW|start_new_session\s*=\s*True|creationflags\s*=\s*(?:0x0?8|134217728)|DETACHED_PROCESS/,
      },
      {
        kind: 'call',
        name: /(?:exec|execSync|system|popen)$/,
        argument: /\bnohup\b|>\s*\/dev\/null\s+2>&1\s*&|\bstart\s+\/(?:b|min)\b/i,
      },
    ],
  },
  examples: {
    flags: [
      "require('child_process').spawn('node', ['x'], { detached: true, stdio: 'ignore' }).unref()",
      { path: 'main.py', runtime: 'python', content: 'import subprocess\nsubprocess.Popen(c, start_new_session=True)' },
    ],
    passes: ["require('child_process').spawn('node', ['x'], { stdio: 'inherit' })"],
  },
});
