import { expect, test } from 'vitest';
import { checkOrder } from './versionOrder.js';

test.each([
  ['1.0.0', [], []],
  ['9.0.0', [], []],
  ['1.0.1', ['1.0.0'], []],
  ['1.1.0-beta.1', ['1.0.0'], []],
  ['2.0.0', ['1.4.0', '1.0.0'], []],
  ['1.4.1', ['1.4.0', '2.0.0'], []],
  ['1.0.0', ['1.0.1'], ['version-behind']],
  ['1.0.0-rc.1', ['1.0.0'], ['version-behind']],
  ['1.9.0', ['2.0.0'], ['version-behind']],
  ['1.9.0', ['1.10.0', '3.0.0'], ['version-behind']],
  ['3.0.0', ['1.4.0'], ['version-jump']],
  ['999.0.0', ['1.0.0', '2.0.0'], ['version-jump']],
])('%s after %j', (version, released, rules) => {
  expect(checkOrder(version, released).map(({ rule }) => rule)).toEqual(rules);
});
