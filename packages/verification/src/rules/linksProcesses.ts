import { goProgramOf, importing } from '../native/examples.js';
import { defineRule } from './defineRule.js';

export const linksProcesses = defineRule({
  id: 'links-processes',
  severity: 'info',
  ability: 'process',
  languages: ['native'],
  message: 'The program holds what starts other programs, or reaches into them.',
  why: 'A sandbox has no program but the plugin, so honest plugins start none. A program in memory alone (memfd_create) is one that no file shows.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'linked',
        name: /^(?:syscall|golang\.org\/x\/sys\/(?:unix|execabs))\.(?:Exec|ForkExec|forkExec|forkAndExecInChild1?|StartProcess|Command|MemfdCreate|Ptrace\w+)$/,
      },
      { kind: 'linked', name: /^(?:os\.StartProcess$|os\/exec\.)/ },
      { kind: 'imported', name: /^(?:exec[lv][pe]{0,2}|execveat|fexecve|posix_spawnp?|system|popen|v?fork|uv_spawn)$/ },
      { kind: 'imported', name: /^(?:ptrace|process_vm_writev|memfd_create)$/ },
    ],
  },
  examples: {
    flags: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('main.main', 'os/exec.Command') },
      { path: 'plugin', runtime: 'native', content: goProgramOf('syscall.Exec') },
      { path: 'addon.node', content: importing('malloc', 'posix_spawn') },
    ],
    passes: [
      { path: 'plugin', runtime: 'native', content: goProgramOf('os.Exit', 'os.FindProcess', 'syscall.Syscall6') },
      { path: 'addon.node', content: importing('malloc', 'systemd_notify') },
    ],
  },
});
