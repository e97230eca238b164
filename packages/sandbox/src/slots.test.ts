import { describe, expect, it } from 'vitest';
import { Slots } from './slots.js';

const never = new AbortController().signal;

describe('Slots', () => {
  it('serves first who came first', async () => {
    const slots = new Slots<string>(1);
    const order: string[] = [];
    await slots.take('a', never);
    const waiting = ['b', 'c', 'd'].map((key) => slots.take(key, never).then(() => order.push(key)));
    for (const wait of waiting) {
      slots.free();
      await wait;
    }
    expect(order).toEqual(['b', 'c', 'd']);
  });

  it('hands an occupied place to the first in the queue alone, and only if it is of use', async () => {
    const slots = new Slots<string>(1);
    await slots.take('a', never);
    const first = slots.take('b', never);
    const second = slots.take('a', never);
    expect(slots.handOver('a', 'sandbox of a')).toBe(false);
    expect(slots.handOver('b', 'sandbox of b')).toBe(true);
    expect(await first).toBe('sandbox of b');
    expect(slots.handOver('a', 'sandbox of a')).toBe(true);
    expect(await second).toBe('sandbox of a');
  });

  it('hands no occupied place to who needs a fresh one', async () => {
    const slots = new Slots<string>(1);
    await slots.take(undefined, never);
    const fresh = slots.take(undefined, never);
    expect(slots.handOver('a', 'sandbox of a')).toBe(false);
    slots.free();
    expect(await fresh).toBe('free');
  });

  it('forgets who gives up', async () => {
    const slots = new Slots<string>(1);
    await slots.take('a', never);
    const stop = new AbortController();
    const gone = slots.take('b', stop.signal);
    const next = slots.take('c', never);
    stop.abort();
    expect(await gone).toBeUndefined();
    slots.free();
    expect(await next).toBe('free');
    slots.free();
    expect(await slots.take('d', never)).toBe('free');
    expect(slots.isWaiting).toBe(false);
  });
});
