import { describe, expect, it } from 'vitest';
import { formatAgo, formatBytes, formatMs, formatState } from './format.js';

describe('formats', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [12_700, '12 KiB'],
    [134_217_728, '128 MiB'],
    [5 * 1024 ** 4, '5,120 GiB'],
  ])('%d bytes', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.42, '0.4 ms'],
    [84.2, '84 ms'],
    [2500, '2.5 s'],
    [180_000, '3 min'],
  ])('%d ms', (ms, text) => expect(formatMs(ms)).toBe(text));

  it('says how long ago', () => {
    const now = Date.parse('2026-01-10T12:00:00Z');
    expect(formatAgo('2026-01-10T11:59:57Z', now)).toBe('3 seconds ago');
    expect(formatAgo('2026-01-09T12:00:00Z', now)).toBe('yesterday');
    expect(formatAgo('2025-12-01T12:00:00Z', now)).toContain('2025');
  });

  it('writes a state as words', () => expect(formatState('out_of_memory')).toBe('out of memory'));
});
