import { beginning, defineByteRule } from '../byteRule.js';

export const codeInMedia = defineByteRule({
  id: 'code-in-media',
  severity: 'high',
  message: 'A picture, sound or film holds the text of code.',
  why: 'It is no part of what is seen or heard: something else is to read it, and nobody looks for code there.',
  text: null,
  strings: `
    $module = "child_process"
    $require = "require("
    $eval = "eval("
    $exec = "exec("
    $function = "new Function("
    $decode = "atob("
    $import = "__import__("
    $subprocess = "import subprocess"
    $system = "os.system("
    $php = "<?php"
    $hashbang = "#!/"
    $shell = "/bin/sh"
    $powershell = "powershell" nocase
    $activex = "ActiveXObject"`,
  condition: `any of them and (uint32be(0) == 0x89504e47 or (uint16be(0) == 0xffd8 and uint8(2) == 0xff)
    or uint32be(0) == 0x47494638 or uint32be(0) == 0x52494646 or uint32be(0) == 0x00000100 or uint32be(0) == 0x4f676753
    or (uint16be(0) == 0x4944 and uint8(2) == 0x33) or uint32be(4) == 0x66747970)`,
  examples: {
    flags: [
      { path: 'logo.png', content: beginning('\x89PNG\r\n\x1a\n', "require('child_process').exec('id')") },
      { path: 'photo.jpg', content: beginning('\xff\xd8\xff\xe0', "exec(__import__('zlib').decompress(b))") },
      { path: 'film.mp4', content: beginning('\0\0\0\x18ftypmp42', '#!/bin/sh\nid') },
      { path: 'a.gif', content: 'GIF89a=1;eval(b)' },
    ],
    passes: [
      { path: 'logo.png', content: beginning('\x89PNG\r\n\x1a\n', 'tEXtSoftware\0GIMP, executed (well)') },
      { path: 'archive.bin', content: beginning('\0\0\0\0', "require('child_process')") },
    ],
  },
});
