import { expect, it } from 'vitest';
import { filterFromParams, fromLocalInput, paramsFromFilter, toLocalInput } from './filterParams.js';

it('keeps a filter in the address', () => {
  const filter = { event: 'run.settled', subjectId: 'abc', from: '2026-01-02T03:04:05.000Z' } as const;
  expect(filterFromParams(paramsFromFilter(filter))).toEqual(filter);
});

it('passes over what is no filter', () => {
  expect(filterFromParams(new URLSearchParams('event=nothing&subjectId=+&x=1'))).toEqual({});
});

it('goes to local time and back', () => {
  expect(fromLocalInput(toLocalInput('2026-07-02T03:04:05.000Z'))).toBe('2026-07-02T03:04:05.000Z');
  expect(fromLocalInput('')).toBeUndefined();
  expect(toLocalInput('x')).toBe('');
});
