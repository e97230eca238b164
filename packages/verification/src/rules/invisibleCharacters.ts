import { type Code, defineRule } from './defineRule.js';

/** Characters that change the order in which a line is shown (Unicode's bidirectional controls). */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Characters that are not shown at all; text in strings may need one, code never does. */
const UNSEEN = /[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]/gu;
/** Runs of characters that are not shown: a payload, wherever it stands. */
const PAYLOAD = /(?:[\ufe00-\ufe0f]|[\u200b-\u200d]|\u2060|[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]){8,}/gu;

function* offsets({ text, isInert }: Code): Iterable<number> {
  for (const { index } of text.matchAll(BIDI)) yield index;
  for (const { index } of text.matchAll(PAYLOAD)) yield index;
  for (const { index } of text.matchAll(UNSEEN)) if (index > 0 && !isInert(index)) yield index;
}

export const invisibleCharacters = defineRule({
  id: 'invisible-characters',
  severity: 'high',
  message: 'The code holds characters that can’t be seen, or that change the order in which it is shown.',
  why: 'What a reviewer reads is then not what runs (CVE-2021-42574). A build writes such characters as escapes.',
  match: { on: 'source', offsets },
  examples: {
    flags: [
      "if (level !== 'user\u202e \u2066// Check if admin\u2069 \u2066') {}",
      'const a\u200db = 1;',
      'const x\ufeff = 1;',
      '/* \u202e */',
      `const data = '${'\u{e0101}\ufe01'.repeat(10)}';`,
    ],
    passes: [
      "const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';",
      '\ufeffconst a = 1;',
      "const heart = '\u2764\ufe0f';",
      "const text = '\\u202e';",
      "const greeting = '\u0645\u0631\u062d\u0628\u0627';",
    ],
  },
});
