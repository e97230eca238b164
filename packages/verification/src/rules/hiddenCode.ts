import { type Code, defineRule } from './defineRule.js';

/** Wider than any screen shows. */
const SPACES = 200;

function* behindSpaces({ text, isInert }: Code): Iterable<number> {
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x20 || char === 0x09) {
      run++;
      continue;
    }
    if (run >= SPACES && char !== 0x0a && char !== 0x0d && !isInert(at - 1) && !isInert(at)) yield at;
    run = 0;
  }
}

/** In a script this begins a comment, in a module it is three operators: the same file can be read in two ways. */
function* htmlComments({ text, isInert }: Code): Iterable<number> {
  for (const match of text.matchAll(/<!--/g)) if (!isInert(match.index)) yield match.index;
}

const example = (gap: number) => `const a = 1;${' '.repeat(gap)}steal();`;

export const hiddenCode = defineRule({
  id: 'hidden-code',
  languages: ['javascript'],
  severity: 'critical',
  message:
    'Code stands where no reader would see it: behind hundreds of spaces, or behind a comment of the old HTML form.',
  why: 'It is only ever done to get past a reviewer.',
  match: {
    on: 'source',
    *offsets(code) {
      yield* behindSpaces(code);
      yield* htmlComments(code);
    },
  },
  examples: {
    flags: [example(300), `const a = 1;${'\t'.repeat(300)}steal();`, 'x\n<!--y/*\nsteal() //*/'],
    passes: [
      example(100),
      `const pad = '${' '.repeat(300)}';`,
      `const page = \`<!-- note -->\n${' '.repeat(300)}x\`;`,
      `// ${' '.repeat(300)} note`,
      `const a = 1;${' '.repeat(300)}\n`,
      'while (n --> 0) f();',
      'const re = /<!--/;',
    ],
  },
});
