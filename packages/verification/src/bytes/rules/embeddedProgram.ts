import { beginning, defineByteRule, ELF_MAGIC } from '../byteRule.js';

const elf = Buffer.alloc(64);
elf.write(ELF_MAGIC, 'latin1');
elf.writeUInt16LE(2, 16);
elf.writeUInt32LE(1, 20);
elf.writeUInt16LE(64, 52);

/** Beginning as a program for Windows does, with the text of what runs on DOS. */
const windows = Buffer.alloc(256);
windows.write('MZ');
windows.writeUInt32LE(128, 0x3c);
windows.write('This program cannot be run in DOS mode', 0x4e);
windows.write('PE\0\0', 128);

export const embeddedProgram = defineByteRule({
  id: 'embedded-program',
  severity: 'high',
  ability: 'native',
  message: 'A program hides inside of a file: behind its beginning, or written as text.',
  why: 'Whoever brings a program along to be unpacked does not want it to be found. An honest one is a file of its own.',
  text: /\x7fELF|in DOS mode|f0VMR|TEY[BC]|RUxG|TVqQ|kAAD|WpAA|7f454c46|4d5a9000/i,
  strings: String.raw`
    $elf = { 7F 45 4C 46 (01 | 02) 01 01 }
    $dos = "This program cannot be run in DOS mode"
    $elf64 = "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" base64
    $elf32 = "\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00" base64
    $pe64 = "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" base64
    $elfHex = /7f454c460[12]01010{14}/ nocase
    $peHex = "4d5a90000300000004000000ffff" nocase`,
  condition: `$elf64 or $elf32 or $pe64 or $elfHex or $peHex
    or for any i in (1..#elf): (@elf[i] > 0 and uint32(@elf[i] + 20) == 1 and uint16(@elf[i] + 16) < 5
      and (uint16(@elf[i] + 52) == 64 or uint16(@elf[i] + 40) == 52))
    or for any i in (1..#dos): (@dos[i] > 0x4e and uint16(@dos[i] - 0x4e) == 0x5a4d
      and uint32(@dos[i] - 0x4e + uint32(@dos[i] - 0x4e + 0x3c)) == 0x00004550)`,
  examples: {
    flags: [
      { path: 'logo.png', content: Buffer.concat([beginning('\x89PNG\r\n\x1a\n'), elf]) },
      { path: 'data.bin', content: Buffer.concat([Buffer.alloc(9000, ' '), elf]) },
      { path: 'lib.js', content: `const a = '${Buffer.concat([Buffer.from('x'), elf]).toString('base64')}';` },
      { path: 'a.txt', content: elf.toString('hex') },
      { path: 'font.woff', content: Buffer.concat([beginning('wOFF'), windows]) },
    ],
    passes: [
      { path: 'plugin', content: elf },
      { path: 'setup.exe', content: windows },
      {
        path: 'magic.js',
        content: "const ELF = '\\x7fELF\\x02\\x01\\x01', MZ = 'This program cannot be run in DOS mode';",
      },
      { path: 'plugin', content: beginning(ELF_MAGIC, `debug/elf: ${ELF_MAGIC} is how they begin`) },
    ],
  },
});
