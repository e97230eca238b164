import { beginning, defineByteRule, ELF_MAGIC, IS_PROGRAM } from '../byteRule.js';

export const packedProgram = defineByteRule({
  id: 'packed-program',
  severity: 'high',
  message: 'A program is packed: its code is only there once it runs.',
  why: 'Nothing of a packed program can be looked at, and a bundle is compressed already.',
  suggestion: 'Leave it unpacked.',
  text: null,
  strings: `
    $mark = "UPX!"
    $words = "This file is packed with the UPX"`,
  condition: `${IS_PROGRAM} and ($words or $mark in (0..1024) or (filesize > 1024 and $mark in (filesize - 1024..filesize)))`,
  examples: {
    flags: [
      { path: 'plugin', content: beginning(ELF_MAGIC, 'UPX!') },
      { path: 'plugin', content: beginning(ELF_MAGIC, `${' '.repeat(5000)}UPX!\0\0\0\0`) },
    ],
    passes: [
      { path: 'plugin', content: beginning(ELF_MAGIC, `${' '.repeat(5000)}UPX!${' '.repeat(5000)}`) },
      { path: 'notes.txt', content: 'UPX! is how it begins.' },
    ],
  },
});
