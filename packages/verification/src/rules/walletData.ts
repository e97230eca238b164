import { defineRule } from './defineRule.js';

export const walletData = defineRule({
  id: 'wallet-data',
  severity: 'high',
  message: 'It names where wallets of cryptocurrencies are kept.',
  why: 'Only whoever empties them has use for these names.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /nkbihfbeogaeaehlefnkodbefgpgknn|bfnaelmomeimhlpmgjnjophhpkkoljpa|ibnejdfjmmkpcnlpebklmnkoeoihofec|fhbohimaelbohpjbbldcngcnapndodjp|hnfanknocfeofbddgcijnmhnfnkdnaad|\bwallet\.dat\b|Exodus[\\/]+exodus\.wallet|exodus\.wallet|Electrum[\\/]+wallets|atomic[\\/]+Local Storage|\.config[\\/]solana[\\/]id\.json|[\\/](?:\.ethereum|Ethereum)[\\/]+keystore|Ledger Live[\\/]|\.bitcoin[\\/]|\bseed ?phrase\b.*\bsend\b/i,
      },
    ],
  },
  examples: {
    flags: ["join(profile, 'Local Extension Settings/nkbihfbeogaeaehlefnkodbefgpgknn')", "find('wallet.dat')"],
    passes: ["const text = 'a wallet';"],
  },
});
