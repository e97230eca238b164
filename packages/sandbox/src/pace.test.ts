import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from './pace.js';

let pace: Pace;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  pace = new Pace();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether a wait is over at once; if it isn't, it is ended. */
async function isFree(installId: string): Promise<boolean> {
  const stop = new AbortController();
  const waiting = pace.wait(installId, stop.signal).then(() => true);
  const free = await Promise.race([waiting, new Promise<false>((resolve) => setImmediate(resolve, false))]);
  stop.abort();
  await waiting;
  return free;
}
const breakTimes = (times: number, installId = 'a') => {
  for (let time = 0; time < times; time++) pace.note(installId, 'out_of_memory');
};

describe('the pace of an install', () => {
  it('is free until three runs in a row have broken their sandboxes', async () => {
    expect(await isFree('a')).toBe(true);
    breakTimes(2);
    expect(await isFree('a')).toBe(true);
    breakTimes(1);
    expect(await isFree('a')).toBe(false);
    expect(await isFree('b')).toBe(true);
  });

  it.each([
    [3, 250],
    [4, 500],
    [7, 4000],
    [8, 5000],
    [2000, 5000],
  ])('after %i of them begins anew in %i ms', async (times, ms) => {
    breakTimes(times);
    // The wait that is left runs on the real clock, and must outlast the look at it.
    vi.advanceTimersByTime(ms - 200);
    expect(await isFree('a')).toBe(false);
    vi.advanceTimersByTime(ms + 200);
    expect(await isFree('a')).toBe(true);
  });

  it('holds for all of its runs together', async () => {
    breakTimes(3);
    vi.advanceTimersByTime(250);
    expect([await isFree('a'), await isFree('a')]).toEqual([true, false]);
  });

  it.each(['succeeded', 'failed'] as const)('is free again once a run has %s', async (outcome) => {
    breakTimes(20);
    pace.note('a', outcome);
    expect(await isFree('a')).toBe(true);
  });

  it('is no better for a run that was cancelled', async () => {
    breakTimes(3);
    pace.note('a', 'cancelled');
    expect(await isFree('a')).toBe(false);
  });

  it('forgets the oldest of very many', async () => {
    breakTimes(3);
    for (let other = 0; other < 10_000; other++) pace.note(`b${other}`, 'crashed');
    expect(await isFree('a')).toBe(true);
  });
});
