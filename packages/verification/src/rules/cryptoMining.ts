import { defineRule } from './defineRule.js';

export const cryptoMining = defineRule({
  id: 'crypto-mining',
  severity: 'high',
  ability: 'crypto_mining',
  message: 'It names a mining pool or a miner.',
  why: 'Nobody mines on somebody else’s machine with leave.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /\bstratum\+(?:tcp|ssl|tls)|\b(?:xmrig|minerd|cpuminer|cgminer|ethminer|nbminer|t-rex-miner|lolminer|coinhive|coin-hive|cryptoloot|crypto-loot|webminepool|cryptonight|randomx)\b|\b(?:minexmr|supportxmr|nanopool|moneroocean|2miners|f2pool|hashvault|nicehash|unmineable)\.(?:com|org|pro|stream)|--donate-level/i,
      },
      { kind: 'import', name: /^(?:coinhive|coin-hive|xmrig|node-cryptonight|deepminer|crypto-loot)/i },
      { kind: 'call', name: /^(?:CoinHive|CryptoLoot|deepMiner|Client)\.(?:Anonymous|User|Token)$/ },
    ],
  },
  examples: {
    flags: [
      "connect('stratum+tcp://pool.invalid:3333')",
      "exec('./xmrig -o pool.invalid:443')",
      { path: 'main.py', runtime: 'python', content: "algorithm = 'cryptonight'" },
    ],
    passes: ["const text = 'determined';", "const pool = 'pool.example.com';"],
  },
});
