import { defineRule } from './defineRule.js';

export const startsShell = defineRule({
  id: 'starts-shell',
  severity: 'low',
  ability: 'process',
  message: 'It starts a shell or an interpreter.',
  why: 'Together with a connection it is a remote shell.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /(?:^|\.)(?:spawn|spawnSync|exec|execSync|execFile|execFileSync|call|run|Popen|check_output|system|popen|execl?[vp]*e?|posix_spawn|getoutput)$/,
        argument:
          /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|zsh|dash|ksh)\b(?:$|\s+-i|\s*$)|^(?:cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)\b/i,
      },
      { kind: 'call', name: /^pty\.spawn$/ },
      { kind: 'call', name: /^os\.dup2$/ },
    ],
  },
  examples: {
    flags: [
      "require('child_process').spawn('/bin/sh', [])",
      "require('child_process').spawn('cmd.exe')",
      { path: 'main.py', runtime: 'python', content: "import subprocess\nsubprocess.call(['/bin/sh', '-i'])" },
    ],
    passes: ["spawn('node', ['a.js'])", "db.exec('select 1')"],
  },
});
