import { defineRule } from './defineRule.js';

export const readsClipboard = defineRule({
  id: 'reads-clipboard',
  severity: 'medium',
  message: 'It reads or changes the clipboard.',
  why: 'A sandbox has none; what waits for one waits for passwords and addresses.',
  match: {
    on: 'facts',
    any: [
      { kind: 'import', name: /^(?:clipboardy|copy-paste|pyperclip|win32clipboard|clipboard|node-clipboardy)$/ },
      {
        kind: 'call',
        name: /(?:^|\.)(?:pyperclip\.\w+|clipboard\.(?:readText|writeText|read|readSync|writeSync)|clipboard_get|OpenClipboard)$/,
      },
      { kind: 'string', name: /\bGet-Clipboard\b|^(?:pbpaste|xclip|xsel|wl-paste)\b/ },
    ],
  },
  examples: {
    flags: [
      { path: 'main.py', runtime: 'python', content: 'import pyperclip\npyperclip.paste()' },
      'navigator.clipboard.readText()',
    ],
    passes: ["const text = 'clipboard';"],
  },
});
