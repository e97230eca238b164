import { expect, it } from 'vitest';
import { visibleText } from './visibleText.js';

it.each([
  ['plain text,\n\twith lines\r\nof both kinds', 'plain text,\n\twith lines\nof both kinds'],
  ['if (admin\u202e) {', 'if (admin⟦U+202E⟧) {'],
  ['zero\u200bwidth', 'zero⟦U+200B⟧width'],
  ['\u001b[2Jcleared', '⟦U+001B⟧[2Jcleared'],
  ['over\rwritten', 'over⟦U+000D⟧written'],
  ['\u{e0041}', '⟦U+E0041⟧'],
  ['Ünïcödé 🦊', 'Ünïcödé 🦊'],
])('%j is shown as %j', (text, shown) => expect(visibleText(text)).toBe(shown));
