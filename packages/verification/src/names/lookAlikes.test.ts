import { expect, test } from 'vitest';
import { lookAlikeFindings, looksLike } from './lookAlikes.js';

test.each([
  ['weather', 'waether'],
  ['weather', 'wether'],
  ['weather', 'weathers'],
  ['weather', 'weathar'],
  ['tool', 'too1'],
  ['calc', 'ca1c'],
  ['modern', 'modem'],
  ['go', 'g0'],
  ['pdf-tools', 'pdftools'],
])('%s is easily taken for %s', (a, b) => {
  expect([looksLike(a, b), looksLike(b, a)]).toEqual([true, true]);
});

test.each([
  ['weather', 'weather'],
  ['weather', 'leather-w'],
  ['csv', 'tsv'],
  ['report-1', 'report-2'],
  ['report', 'report2'],
  ['tables', 'stable'],
])('%s is not taken for %s', (a, b) => {
  expect([looksLike(a, b), looksLike(b, a)]).toEqual([false, false]);
});

const rules = (publisher: string, name: string, tenants: number, own = { publisher: 'acme', name: 'weather' }) =>
  lookAlikeFindings(own, [{ publisher, name, tenants }]).map(({ rule, severity }) => `${rule} ${severity}`);

test('a look-alike of another publisher asks for a person; a name of its own right does not', () => {
  expect(rules('globex', 'weathr', 0)).toEqual(['look-alike-name high']);
  expect(rules('acrne', 'weather', 0)).toEqual(['look-alike-name high']);
  expect(rules('globex', 'weather', 3)).toEqual(['same-name high']);
  expect(rules('globex', 'weather', 2)).toEqual(['same-name info']);
  expect(rules('acrne', 'tables', 9)).toEqual([]);
});

test('the worst are told, and not without end', () => {
  const others = Array.from({ length: 50 }, (_, index) => ({
    publisher: `p${index}-${'x'.repeat(index)}`,
    name: 'weather',
    tenants: index,
  }));
  const found = lookAlikeFindings({ publisher: 'acme', name: 'weather' }, others);
  expect(found.map(({ severity }) => severity)).toEqual(Array(5).fill('high'));
});
