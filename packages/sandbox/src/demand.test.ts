import { describe, expect, it } from 'vitest';
import { Demand } from './demand.js';

const SECOND = 1000;
/** `count` needs, one each `everyMs`. Answers the time of the last. */
function needs(demand: Demand<string>, kind: string, count: number, everyMs: number): number {
  for (let i = 0; i < count; i += 1) demand.note(kind, kind, i * everyMs);
  return (count - 1) * everyMs;
}

describe('Demand', () => {
  it('wants nothing of what was needed never, once, or long ago', () => {
    const demand = new Demand<string>();
    expect(demand.wanted('a', 0)).toBe(0);
    const once = needs(demand, 'a', 1, SECOND);
    expect(demand.wanted('a', once)).toBe(0);
    const often = needs(demand, 'b', 100, SECOND);
    expect(demand.wanted('b', often)).toBeGreaterThan(0);
    expect(demand.wanted('b', often + 61 * SECOND)).toBe(0);
  });

  it('wants one of what is needed now and then, and more of what is needed more', () => {
    const wanted = [30 * SECOND, SECOND, SECOND / 10].map((everyMs) => {
      const demand = new Demand<string>();
      return demand.wanted('a', needs(demand, 'a', 2000, everyMs));
    });
    expect(wanted[0]).toBe(1);
    expect(wanted[1]).toBeGreaterThanOrEqual(2);
    expect(wanted[2]).toBeGreaterThan(wanted[1] ?? 0);
    expect(wanted[2]).toBeLessThan(20);
  });

  it('names what has least of what it should have, until all have enough', () => {
    const demand = new Demand<string>();
    needs(demand, 'seldom', 10, SECOND / 5);
    const now = needs(demand, 'often', 20, SECOND / 10);
    const have = new Map<string, number>();
    const order: string[] = [];
    for (let next = demand.mostWanted((kind) => have.get(kind) ?? 0, now); next !== undefined; ) {
      order.push(next);
      have.set(next, (have.get(next) ?? 0) + 1);
      next = demand.mostWanted((kind) => have.get(kind) ?? 0, now);
    }
    expect(new Set(order.slice(0, 2))).toEqual(new Set(['often', 'seldom']));
    expect(order.filter((kind) => kind === 'often')).toHaveLength(demand.wanted('often', now));
  });

  it('forgets', () => {
    const demand = new Demand<string>();
    const now = needs(demand, 'a', 10, SECOND);
    demand.forgetWhere((plan) => plan === 'a');
    expect(demand.wanted('a', now)).toBe(0);
  });
});
