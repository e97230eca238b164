import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SandboxCgroup } from './cgroup.js';
import { type Excess, Meter } from './meter.js';

/** A cgroup whose counters a test sets; the real one’s files can’t be told what to say. */
const NOTHING = {
  ...{ cpuUs: 0, memoryBytes: 0, peakBytes: 0, readBytes: 0, writeBytes: 0, looks: 0 },
  ...{ pids: 0, peakPids: 0, refusedPids: 0 },
};
const fake = { ...NOTHING };
const cgroup = {
  cpuUs: () => {
    fake.looks += 1;
    return fake.cpuUs;
  },
  memoryBytes: () => fake.memoryBytes,
  peakBytes: () => fake.peakBytes,
  pids: () => fake.pids,
  peakPids: () => fake.peakPids,
  refusedPids: () => fake.refusedPids,
  io: () => ({ readBytes: fake.readBytes, writeBytes: fake.writeBytes }),
  resetPeak: () => {
    fake.peakBytes = fake.memoryBytes;
  },
} as unknown as SandboxCgroup;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  Object.assign(fake, NOTHING);
});
afterEach(() => vi.useRealTimers());

const open = (fresh: boolean, onExcess: (what: Excess) => void = () => {}) =>
  new Meter(cgroup, { cpuMillis: 500, cpuTimeMs: 1000 }, fresh, onExcess);

it('integrates memory over time', async () => {
  fake.memoryBytes = 1000;
  const meter = open(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(meter.usage()).toMatchObject({ memoryByteMs: 1_000_000, wallMs: 1000 });
  // It grows to the double between two looks: half of the difference counts for them.
  fake.memoryBytes = 2000;
  await vi.advanceTimersByTimeAsync(1000);
  meter.stop();
  expect(meter.usage().memoryByteMs).toBe(1_000_000 + 2_000_000 - 50_000);
});

it('bills a warm sandbox’s run for itself alone, a fresh one’s for the start too', () => {
  Object.assign(fake, { cpuUs: 700, peakBytes: 90, memoryBytes: 50, readBytes: 30, writeBytes: 20 });
  const [warm, fresh] = [open(false), open(true)];
  Object.assign(fake, { cpuUs: 1000, readBytes: 35, writeBytes: 21 });
  expect(warm.usage()).toMatchObject({ cpuUs: 300, peakMemoryBytes: 50, ioReadBytes: 5, ioWriteBytes: 1 });
  expect(fresh.usage()).toMatchObject({ cpuUs: 1000, ioReadBytes: 35, ioWriteBytes: 21 });
  for (const meter of [warm, fresh]) meter.stop();
});

it('says once that the CPU time is gone, soon after it is', async () => {
  const onExcess = vi.fn();
  const meter = open(true, onExcess);
  await vi.advanceTimersByTimeAsync(5000);
  expect(onExcess).not.toHaveBeenCalled();
  fake.cpuUs = 999_000;
  await vi.advanceTimersByTimeAsync(110);
  expect(onExcess).not.toHaveBeenCalled();
  fake.cpuUs = 1_000_000;
  await vi.advanceTimersByTimeAsync(10);
  expect(onExcess.mock.calls).toEqual([['cpu']]);
  await vi.advanceTimersByTimeAsync(5000);
  meter.stop();
  expect(onExcess).toHaveBeenCalledTimes(1);
});

it('tells once when far more processes are asked for than there may be', async () => {
  fake.refusedPids = 5000;
  const onExcess = vi.fn();
  const meter = open(false, onExcess);
  fake.refusedPids = 6000;
  await vi.advanceTimersByTimeAsync(500);
  expect(onExcess).not.toHaveBeenCalled();
  fake.refusedPids = 6001;
  await vi.advanceTimersByTimeAsync(500);
  meter.stop();
  expect(onExcess.mock.calls).toEqual([['processes']]);
});

it('looks seldom while the budget can’t be used up soon, and not at all once it is stopped', async () => {
  const meter = open(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(fake.looks).toBeLessThanOrEqual(10);
  meter.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(fake.looks).toBeLessThanOrEqual(10);
});

it('knows the most processes at once: by the kernel’s word, or by its looks where that is about an earlier run', async () => {
  Object.assign(fake, { pids: 3, peakPids: 30 });
  const [warm, fresh] = [open(false), open(true)];
  fake.pids = 9;
  await vi.advanceTimersByTimeAsync(150);
  fake.pids = 4;
  expect([warm.peakPids(), fresh.peakPids()]).toEqual([9, 30]);
  fake.peakPids = 31;
  expect(warm.peakPids()).toBe(31);
  for (const meter of [warm, fresh]) meter.stop();
});
