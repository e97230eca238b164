import { defineRule } from './defineRule.js';

export const writesRegistry = defineRule({
  id: 'writes-registry',
  severity: 'low',
  ability: 'persistence',
  message: 'It changes the registry of Windows.',
  why: 'A plugin runs on none.',
  match: {
    on: 'facts',
    any: [
      { kind: 'call', name: /(?:^|\.)(?:SetValueEx|CreateKey|CreateKeyEx|RegSetValueEx\w*)$/ },
      { kind: 'import', name: /^(?:winreg|_winreg|regedit)$/ },
    ],
  },
  examples: {
    flags: [{ path: 'main.py', runtime: 'python', content: "import winreg\nwinreg.SetValueEx(k, 'x', 0, 1, p)" }],
    passes: ["const r = 'registry';"],
  },
});
