import { defineRule } from './defineRule.js';

export const escapeAttempt = defineRule({
  id: 'escape-attempt',
  severity: 'high',
  message: 'It names a way out of a container, or into other processes.',
  why: 'Only whoever tries to get out has use for these names.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\brelease_agent\b|\/proc\/sys\/kernel\/core_pattern|\bnsenter\b|\/proc\/(?:1|self|\d+)\/(?:root|mem|ns)\b|\/proc\/sysrq-trigger|\/dev\/(?:mem|kmem)\b|\/sys\/fs\/cgroup\/.*notify_on_release|\bunshare\s+-|\/(?:docker|containerd|crio)\.sock\b|\bCAP_SYS_ADMIN\b|\bchmod\s+(?:u\+s|[42]7\d\d)\b/,
      },
      {
        kind: 'call',
        name: /(?:^|\.)(?:CreateRemoteThread|WriteProcessMemory|VirtualAlloc(?:Ex)?|NtMapViewOfSection|QueueUserAPC|RtlMoveMemory)$/,
      },
    ],
  },
  examples: {
    flags: [
      "write('/sys/fs/cgroup/x/release_agent', '/cmd')",
      {
        path: 'main.py',
        runtime: 'python',
        content: 'import ctypes\nctypes.windll.kernel32.VirtualAlloc(0, n, 0x3000, 0x40)',
      },
    ],
    passes: ["read('/proc/self/status')"],
  },
});
