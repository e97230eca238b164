import { describe, expect, it } from 'vitest';
import { isStorableJson, toStorableJson } from './storableJson.js';

describe('toStorableJson', () => {
  it.each([
    ['plain text with a \\u0000 written out', { a: 'x\\u0000y', b: 'C:\\users' }],
    ['pairs of surrogates', { '😀': ['😀', 'é'] }],
    ['control characters that jsonb has', { a: '\n\t\u0001' }],
  ])('leaves %s as it is', (_name, value) => {
    expect(isStorableJson(value)).toBe(true);
    expect(JSON.parse(toStorableJson(value))).toEqual(value);
  });

  it('replaces NUL and half a pair, in keys too', () => {
    const value = { 'k\0': 'a\0b', half: ['\ud800', '\udc00x'] };
    expect(isStorableJson(value)).toBe(false);
    expect(JSON.parse(toStorableJson(value))).toEqual({ 'k\ufffd': 'a\ufffdb', half: ['\ufffd', '\ufffdx'] });
  });
});
