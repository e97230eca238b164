import { defineRule } from './defineRule.js';

export const paymentSwap = defineRule({
  id: 'payment-swap',
  severity: 'high',
  message: 'It looks for payment addresses where it could replace them.',
  why: 'That is how payments are turned to somebody else.',
  match: { on: 'near', all: [['wallet-address'], ['reads-clipboard', 'replaces-builtins']] },
  examples: {
    flags: ['globalThis.fetch = async (...a) => swap(a, /0x[a-fA-F0-9]{40}/g);'],
    passes: ['const isAddress = /^0x[a-fA-F0-9]{40}$/;'],
  },
});
