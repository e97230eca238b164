import { beginning, defineByteRule, ELF_MAGIC, IS_DOCUMENT } from '../byteRule.js';

export const miningPool = defineByteRule({
  id: 'mining-pool',
  severity: 'high',
  ability: 'crypto_mining',
  message: 'It holds the address of a mining pool, or the words of a miner.',
  why: 'Nobody mines on somebody else’s machine with leave. Settings and machine code are where scripts’ own rules do not look.',
  text: /stratum|mining\.subscribe|xmrig|cryptonight|randomx|supportxmr|moneroocean|nanopool|hashvault/i,
  strings: String.raw`
    $pool = /stratum[12]?\+(tcp|ssl|tls):\/\// nocase
    $subscribe = "mining.subscribe"
    $authorize = "mining.authorize"
    $word1 = "--donate-level"
    $word2 = "xmrig" nocase
    $word3 = "cryptonight" nocase
    $word4 = "randomx" nocase
    $word5 = "supportxmr.com"
    $word6 = "moneroocean.stream"
    $word7 = "nanopool.org"
    $word8 = "hashvault.pro"`,
  condition: `($pool or ($subscribe and $authorize) or 3 of ($word*)) and not ${IS_DOCUMENT}`,
  examples: {
    flags: [
      { path: 'settings.json', content: '{"url":"stratum+tcp://pool.invalid:3333"}' },
      { path: 'plugin', content: beginning(ELF_MAGIC, 'mining.subscribe\0mining.authorize') },
      { path: 'a.bin', content: 'xmrig RandomX --donate-level=1' },
    ],
    passes: [
      { path: 'README.md', content: 'It blocks stratum+tcp:// addresses.' },
      { path: 'words.txt', content: 'xmrig, a stratum of rock, mining.subscribe' },
    ],
  },
});
