import { beginning, defineByteRule } from '../byteRule.js';

export const behindMedia = defineByteRule({
  id: 'behind-media',
  severity: 'high',
  message: 'Behind the end of a picture there is an archive or a program.',
  why: 'Every viewer stops at the picture’s end. What follows is meant for somebody else.',
  text: null,
  strings: `
    $png = { 49 45 4E 44 AE 42 60 82 (50 4B 03 04 | 1F 8B 08 | 37 7A BC AF 27 1C | 52 61 72 21 1A | 7F 45 4C 46 | 4D 5A 90) }
    $jpeg = { FF D9 (50 4B 03 04 | 37 7A BC AF 27 1C | 52 61 72 21 1A | 7F 45 4C 46 | 4D 5A 90) }
    $gif = { 00 3B (50 4B 03 04 | 37 7A BC AF 27 1C | 52 61 72 21 1A | 7F 45 4C 46 | 4D 5A 90) }`,
  condition:
    '($png and uint32be(0) == 0x89504e47) or ($jpeg and uint16be(0) == 0xffd8) or ($gif and uint32be(0) == 0x47494638)',
  examples: {
    flags: [
      { path: 'logo.png', content: beginning('\x89PNG\r\n\x1a\n', 'IEND\xaeB`\x82PK\x03\x04') },
      { path: 'photo.jpg', content: beginning('\xff\xd8\xff\xe0', '\xff\xd9PK\x03\x04') },
    ],
    passes: [
      { path: 'logo.png', content: beginning('\x89PNG\r\n\x1a\n', 'IEND\xaeB`\x82') },
      { path: 'a.zip', content: 'PK\x03\x04' },
    ],
  },
});
