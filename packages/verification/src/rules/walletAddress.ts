import { defineRule } from './defineRule.js';

export const walletAddress = defineRule({
  id: 'wallet-address',
  severity: 'low',
  message: 'It looks for, or holds, an address of a cryptocurrency.',
  why: 'Together with the clipboard or with requests it is how payments are turned to somebody else.',
  match: {
    on: 'source',
    *offsets({ text }) {
      const forms =
        /\^?\(?0x\)?\[(?:a-fA-F0-9|0-9a-fA-F|A-Fa-f0-9|0-9A-Fa-f|a-f0-9|0-9a-f)\]\{40\}|\[13\]\[[^\]]{5,40}\]\{25,3\d\}|\(?bc1\)?(?:\||\[)[^\n]{0,60}\{/g;
      for (const { index } of text.matchAll(forms)) yield index;
    },
  },
  examples: {
    flags: ['const isAddress = /^0x[a-fA-F0-9]{40}$/;', 'const re = /\\b[13][a-km-zA-HJ-NP-Z1-9]{25,34}\\b/;'],
    passes: ['const re = /^[a-f0-9]{40}$/;'],
  },
});
