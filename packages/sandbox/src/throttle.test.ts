import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Throttle } from './throttle.js';

const clock = () => {
  let ms = 0;
  return { now: () => ms, pass: (by: number) => (ms += by) };
};

it('lets a second’s worth through at once, then as many as time allows', () => {
  const { now, pass } = clock();
  const throttle = new Throttle(10, now);
  expect(Array.from({ length: 10 }, () => throttle.take())).toEqual(Array(10).fill(0));
  expect(throttle.take()).toBe(100);
  expect(throttle.take()).toBe(200);
  pass(200);
  expect(throttle.take()).toBe(100);
  pass(60_000);
  expect(Array.from({ length: 11 }, () => throttle.take())).toEqual([...Array(10).fill(0), 100]);
});

it('holds whoever waits as long as it is told to its rate', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 500 }), (perSecond, messages) => {
      const { now, pass } = clock();
      const throttle = new Throttle(perSecond, now);
      for (let n = 0; n < messages; n++) pass(throttle.take());
      expect(messages).toBeLessThanOrEqual(perSecond + (now() / 1000) * perSecond + 1e-6);
    }),
  );
});
