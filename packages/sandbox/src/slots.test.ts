import { describe, expect, it } from 'vitest';
import { Slots } from './slots.js';

const never = new AbortController().signal;

describe('Slots', () => {
  it('serves first who came first', async () => {
    const slots = new Slots<string>({ count: 1, bytes: 100 });
    const order: string[] = [];
    await slots.take('a', 10, never);
    const waiting = ['b', 'c', 'd'].map((key) => slots.take(key, 10, never).then(() => order.push(key)));
    for (const wait of waiting) {
      slots.free(10);
      await wait;
    }
    expect(order).toEqual(['b', 'c', 'd']);
  });

  it('hands an occupied place to the first in the queue alone, and only if it is of use', async () => {
    const slots = new Slots<string>({ count: 1, bytes: 100 });
    await slots.take('a', 10, never);
    const first = slots.take('b', 10, never);
    const second = slots.take('a', 10, never);
    expect(slots.handOver('a', 'sandbox of a')).toBe(false);
    expect(slots.handOver('b', 'sandbox of b')).toBe(true);
    expect(await first).toBe('sandbox of b');
    expect(slots.handOver('a', 'sandbox of a')).toBe(true);
    expect(await second).toBe('sandbox of a');
  });

  it('hands no occupied place to who needs a fresh one', async () => {
    const slots = new Slots<string>({ count: 1, bytes: 100 });
    await slots.take(undefined, 10, never);
    const fresh = slots.take(undefined, 10, never);
    expect(slots.handOver('a', 'sandbox of a')).toBe(false);
    slots.free(10);
    expect(await fresh).toBe('free');
  });

  it('forgets who gives up', async () => {
    const slots = new Slots<string>({ count: 1, bytes: 100 });
    await slots.take('a', 10, never);
    const stop = new AbortController();
    const gone = slots.take('b', 10, stop.signal);
    const next = slots.take('c', 10, never);
    stop.abort();
    expect(await gone).toBeUndefined();
    slots.free(10);
    expect(await next).toBe('free');
    slots.free(10);
    expect(await slots.take('d', 10, never)).toBe('free');
    expect(slots.isWaiting).toBe(false);
  });

  it('bounds memory as well as number, and lets nobody small pass somebody large', async () => {
    const slots = new Slots<string>({ count: 10, bytes: 100 });
    await slots.take('a', 60, never);
    const large = slots.take('b', 50, never);
    const small = slots.take('c', 10, never);
    expect(slots.isShort({ count: 0, bytes: 0 })).toBe(true);
    expect(slots.isShort({ count: 1, bytes: 60 })).toBe(false);
    expect(slots.takeSpare(1)).toBe(false);
    slots.free(60);
    expect(await Promise.all([large, small])).toEqual(['free', 'free']);
  });

  it('gives way to who is next when a large one gives up', async () => {
    const slots = new Slots<string>({ count: 10, bytes: 100 });
    await slots.take('a', 60, never);
    const stop = new AbortController();
    const large = slots.take('b', 50, stop.signal);
    const small = slots.take('c', 10, never);
    stop.abort();
    expect([await large, await small]).toEqual([undefined, 'free']);
  });

  it('gives a spare a place only where another one stays free', () => {
    const slots = new Slots<string>({ count: 3, bytes: 100 });
    expect([slots.takeSpare(51), slots.takeSpare(50), slots.takeSpare(25), slots.takeSpare(1)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
