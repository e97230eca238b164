import { defineRule } from './defineRule.js';

export const startsPrograms = defineRule({
  id: 'starts-programs',
  severity: 'low',
  ability: 'process',
  message: 'It starts other programs or threads, or reaches below its runtime’s own interface.',
  why: 'A tool is called in a process that is already there. Other programs are how code gets out of sight.',
  match: {
    on: 'facts',
    any: [
      { kind: 'import', name: /^(?:child_process|cluster|inspector|execa|cross-spawn|shelljs|node-pty|zx|tinyexec)$/ },
      {
        kind: 'call',
        name: /^(?:child_process|cross-spawn|execa|shelljs|node-pty|bun|Bun|Deno)\.(?:exec|execSync|spawn|spawnSync|execFile|execFileSync|fork|command|sync|run|Command)$/,
      },
      { kind: 'call', name: /^(?:execa|process\.(?:binding|_linkedBinding|dlopen)|ActiveXObject|WScript\.Shell)$/ },
      { kind: 'import', name: /^(?:subprocess|pty|pexpect|commands|sh)$/ },
      {
        kind: 'call',
        name: /^(?:subprocess|pty|pexpect|commands)\.\w|^os\.(?:system|popen\w*|exec[lv]\w*|spawn\w*|startfile|posix_spawn\w*|fork)$|^asyncio\.create_subprocess_\w+$/,
      },
    ],
  },
  examples: {
    flags: [
      "import { exec } from 'node:child_process'; exec('id');",
      "require('child_' + 'process')",
      "const cp = require(atob('Y2hpbGRfcHJvY2Vzcw=='))",
      "require(['child', 'process'].join('_'))",
      "process.getBuiltinModule('child_process')",
      "import { createRequire } from 'module'; createRequire(import.meta.url)('child_process')",
      "process.binding('spawn_sync')",
      "var v=(e=>typeof require<'u'?require:e)(e=>{throw e});v('child_process')",
      { path: 'main.py', runtime: 'python', content: "import os as o\ngetattr(o, 'sys' + 'tem')('id')" },
      { path: 'main.py', runtime: 'python', content: 'from subprocess import Popen as P\nP(command)' },
    ],
    passes: [
      "log.spawn('child_process')",
      "handlers.binding('a')",
      "/a/.exec('b')",
      { path: 'main.py', runtime: 'python', content: 'import os\nos.getcwd()' },
    ],
  },
});
