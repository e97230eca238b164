import { defineRule } from './defineRule.js';

export const decodesText = defineRule({
  id: 'decodes-text',
  severity: 'info',
  message: 'It decodes text.',
  why: 'By itself it is what every program does; what is run afterwards was not to be read.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'call',
        name: /^(?:atob|unescape|decodeURIComponent|String\.fromC(?:har|odePoint)\w*|zlib\.(?:inflate|gunzip|brotliDecompress|unzip)\w*|crypto\.createDecipheriv)$/,
      },
      { kind: 'call', name: /(?:^|\.)Buffer(?:\.from)?$/, source: /['"`](?:base64|base64url|hex|latin1|binary)['"`]/ },
      {
        kind: 'call',
        name: /(?:^|\.)(?:b64decode|b32decode|b85decode|a85decode|urlsafe_b64decode|decodebytes|a2b_\w+|unhexlify|fromhex)$|^(?:zlib|lzma|bz2|gzip)\.decompress$|^codecs\.decode$|^marshal\.loads?$/,
      },
    ],
  },
  examples: {
    flags: [
      "Buffer.from(text, 'base64')",
      'atob(x)',
      { path: 'main.py', runtime: 'python', content: 'from base64 import b64decode as d\nd(x)' },
    ],
    passes: ["Buffer.from(text, 'utf8')"],
  },
});
