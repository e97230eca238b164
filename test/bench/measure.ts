/** How a benchmark measures: callers in a closed loop, the times of each call, and the CPU time that processes used. */
import { readFileSync } from 'node:fs';

export interface Figures {
  clients: number;
  calls: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  perSecond: number;
}

export interface Load {
  /** How many call at once; each waits for its answer before it calls again. */
  clients: number;
  /** Calls in all that are not measured. */
  warmUp: number;
  /** Calls in all that are. */
  calls: number;
  call: () => Promise<unknown>;
  signal: AbortSignal;
  /** Called once between warm-up and measurement. */
  onWarm?: () => void;
}

/** Runs a load. @throws what a call throws */
export async function measure({ clients, warmUp, calls, call, signal, onWarm }: Load): Promise<Figures> {
  await repeat(clients, warmUp, call, signal);
  onWarm?.();
  const times: number[] = [];
  const startedAt = performance.now();
  await repeat(
    clients,
    calls,
    async () => {
      const calledAt = performance.now();
      await call();
      times.push(performance.now() - calledAt);
    },
    signal,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  times.sort((a, b) => a - b);
  return {
    ...{ clients, calls, perSecond: calls / seconds },
    ...{ p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), p99Ms: quantile(times, 0.99) },
  };
}

async function repeat(clients: number, calls: number, call: () => Promise<unknown>, signal: AbortSignal) {
  let left = calls;
  const client = async () => {
    while (left-- > 0) {
      signal.throwIfAborted();
      await call();
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** @param sorted ascending, not empty @returns the smallest value that `part` of all values do not exceed */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** Linux reports CPU time in hundredths of a second to every program, whatever the kernel's own tick (proc_pid_stat(5)). */
const TICK_MS = 10;

/** CPU time of a process and its threads since its start, in milliseconds. @throws when there is no such process */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
