import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { STDOUT } from './frames.js';
import { framed, open } from './session.testing.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const answer = framed(STDOUT, Buffer.from('{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"late"}}\n'));

it('takes an answer until the deadline, and none from then on, whether or not a timer has fired', async () => {
  const inTime = open(1500);
  const asked = inTime.exchange.request('tools/call', {});
  vi.advanceTimersByTime(1499.5);
  inTime.feed(answer);
  expect(await asked).toMatchObject({ ok: false, error: { message: 'late' } });

  const late = open(1500);
  const tooLate = late.exchange.request('tools/call', {});
  vi.advanceTimersByTime(1500);
  late.feed(answer);
  await expect(tooLate).rejects.toMatchObject({ ending: { kind: 'deadline' } });
});

it('never tells a plugin of less time than it has', () => {
  const { exchange } = open(1500);
  vi.advanceTimersByTime(0.4);
  expect(exchange.remainingMs()).toBe(1500);
  vi.advanceTimersByTime(1499);
  expect(exchange.remainingMs()).toBe(1);
  vi.advanceTimersByTime(5000);
  expect(exchange.remainingMs()).toBe(0);
});
