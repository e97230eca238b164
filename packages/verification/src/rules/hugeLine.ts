import { type Code, defineRule } from './defineRule.js';

const LONG = 100_000;

function* offsets({ text }: Code): Iterable<number> {
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    if (end - start >= LONG) yield start;
    start = end + 1;
  }
}

export const hugeLine = defineRule({
  id: 'huge-line',
  severity: 'low',
  message: 'A line of code is longer than anyone reads.',
  why: 'Minified code is common and is taken, but a person who reviews it should know.',
  match: { on: 'source', offsets },
  examples: {
    flags: [`const a = [${'1,'.repeat(60_000)}];`],
    passes: ['f(1);\n'.repeat(20_000)],
  },
});
