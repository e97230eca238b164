import { defineRule } from './defineRule.js';

export const clipboardReport = defineRule({
  id: 'clipboard-report',
  severity: 'high',
  message: 'It reads the clipboard and has a way to send it.',
  why: 'Clipboards hold passwords.',
  match: { on: 'near', all: [['reads-clipboard'], ['uses-network', 'collector-address']] },
  examples: {
    flags: [
      {
        path: 'main.py',
        runtime: 'python',
        content: 'import pyperclip, requests\nrequests.post(url, data=pyperclip.paste())',
      },
    ],
    passes: ['navigator.clipboard.readText()'],
  },
});
