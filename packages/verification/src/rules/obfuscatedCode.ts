import { defineRule } from './defineRule.js';

/** Names as the usual obfuscators make them; so many that no person wrote them. */
const MADE_NAMES = /\b_0x[0-9a-f]{1,6}\b/g;
const MANY_NAMES = 10;
/** Printable characters written as numbers: who writes them so has something to hide. */
const ESCAPED = /(?:\\x(?:[2-6][0-9a-f]|7[0-9a-e])){16,}|(?:\\u00(?:[2-6][0-9a-f]|7[0-9a-e])){16,}/gi;
const ESCAPED_EACH = /["'](?:\\x(?:[2-6][0-9a-f]|7[0-9a-e])){3,}["']/gi;
const MANY_ESCAPED = 10;
/** JSFuck and JJEncode, Dean Edwards' packer, PyArmor, and lambdas over reversed, compressed text. */
const KNOWN =
  /\(!!\[\]\+\[\]\)\[|\[\]\[\(!\[\]\+\[\]\)\[|\[\+!\+\[\]\]|\$=~\[\];\$=\{|eval\(function\(p,a,c,k,e,[dr]\)|__pyarmor__|pyarmor_runtime|_\s*=\s*lambda\s+__\s*:|exec\(\(_\)\(b['"]/g;
/** JSFuck in any of its dialects is made of these alone. */
const SIX_SIGNS = /[[\]()!+]{60,}/g;
/** Texts as lists of numbers. */
const NUMBERS =
  /\[(?:\s*(?:\d{2,3}|0x[0-9a-f]{2})\s*,){80,}\s*(?:\d{2,3}|0x[0-9a-f]{2})\s*\][^;\n]{0,200}(?:fromCharCode|bytes|chr\()/gi;

export const obfuscatedCode = defineRule({
  id: 'obfuscated-code',
  severity: 'high',
  ability: 'obfuscation',
  message: 'It was made unreadable on purpose.',
  why: 'Minifiers shorten names; obfuscators hide what code does, which a plugin that asks for trust has no reason to.',
  suggestion: 'Ship the code as it is built, minified at most.',
  match: {
    on: 'source',
    *offsets({ text }) {
      const names = [...text.matchAll(MADE_NAMES)];
      if (names.length >= MANY_NAMES) yield names[0]?.index ?? 0;
      const escaped = [...text.matchAll(ESCAPED_EACH)];
      if (escaped.length >= MANY_ESCAPED) yield escaped[0]?.index ?? 0;
      for (const pattern of [ESCAPED, KNOWN, SIX_SIGNS, NUMBERS])
        for (const { index } of text.matchAll(pattern)) yield index;
    },
  },
  examples: {
    flags: [
      `var ${Array.from({ length: 20 }, (_, index) => `_0x${(0x1a2b + index).toString(16)}`).join(',')};`,
      "const a = '\\x63\\x68\\x69\\x6c\\x64\\x5f\\x70\\x72\\x6f\\x63\\x65\\x73\\x73\\x2e\\x65\\x78\\x65\\x63\\x53\\x79\\x6e\\x63\\x28\\x29\\x3b';",
      '[][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]]',
      `x(${Array.from({ length: 40 }, () => '![]').join('+')})`,
      {
        path: 'main.py',
        runtime: 'python',
        content:
          "_ = lambda __ : __import__('zlib').decompress(__import__('base64').b64decode(__[::-1]));exec((_)(b'x'))",
      },
    ],
    passes: ["const a = '\\xaa\\xb5\\xba';", 'const a=1,b=2,c=3;', 'const re = /[\\x00-\\x1f]/;'],
  },
});
