import { describe, expect, test } from 'vitest';
import { Canaries } from './canaries.js';

describe('a canary', () => {
  const canaries = new Canaries();
  const token = canaries.of('secret TOKEN');
  const other = canaries.of('secret OTHER');

  test('is the same for the same thing, and another for another', () => {
    expect(canaries.of('secret TOKEN')).toBe(token);
    expect(other).not.toBe(token);
    expect(new Canaries().of('secret TOKEN')).not.toBe(token);
  });

  test.each([
    ['plainly', (value: string) => `https://a.example.com/?k=${value}&b`],
    ['its first half', (value: string) => value.slice(0, 20)],
    ['its second half', (value: string) => value.slice(20)],
    ['backwards', (value: string) => [...value].reverse().join('')],
    ['in hexadecimal', (value: string) => Buffer.from(`x${value}`).toString('hex')],
    ['in upper-case hexadecimal', (value: string) => Buffer.from(value).toString('hex').toUpperCase()],
    ['in base64', (value: string) => Buffer.from(value).toString('base64')],
    ['in base64, behind a byte', (value: string) => Buffer.from(`:${value}`).toString('base64')],
    ['in base64url, behind two', (value: string) => Buffer.from(`a:${value} and more`).toString('base64url')],
  ])('is found %s', (_how, written) => {
    expect(canaries.in(written(token))).toEqual(['secret TOKEN']);
    expect(canaries.in(`${written(token)} ${written(other)}`)).toEqual(['secret TOKEN', 'secret OTHER']);
  });

  test('is not found where it is not', () => {
    expect(canaries.in(new Canaries().of('secret TOKEN'))).toEqual([]);
    expect(canaries.in('')).toEqual([]);
  });
});
