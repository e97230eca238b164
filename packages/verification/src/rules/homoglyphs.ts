import { defineRule } from './defineRule.js';

/** Cyrillic letters and the Greek omicron, within words of Latin letters. */
const MIXED = /[A-Za-z_$0-9]*(?:[A-Za-z][\u0400-\u04ff\u03bf\u039f]|[\u0400-\u04ff\u03bf\u039f][A-Za-z])/g;

export const homoglyphs = defineRule({
  id: 'homoglyphs',
  severity: 'high',
  ability: 'obfuscation',
  message: 'A name in the code mixes alphabets whose letters look alike.',
  why: 'What a reviewer reads is then not what runs (CVE-2021-42694).',
  match: {
    on: 'source',
    *offsets({ text, isInert }) {
      for (const { index } of text.matchAll(MIXED)) if (!isInert(index)) yield index;
    },
  },
  examples: {
    flags: ['const isAdm\u0456n = true;'],
    passes: ["const text = 'p\u0430ypal';", 'const cos\u03c6 = 1;', 'const \u043a\u043b\u044e\u0447 = 1;'],
  },
});
