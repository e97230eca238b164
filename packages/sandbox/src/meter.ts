/**
 * What a run uses, by the word of its sandbox's cgroup: CPU time against its budget, memory over time, I/O. It looks
 * again and again while the run goes on, and decides nothing but that it has gone too far.
 */
import type { Limits, Usage } from '@paddock/contracts';
import type { SandboxCgroup } from './cgroup.js';

export type MeteredUsage = Pick<
  Usage,
  'cpuUs' | 'peakMemoryBytes' | 'memoryByteMs' | 'ioReadBytes' | 'ioWriteBytes' | 'wallMs'
>;

/**
 * Between two looks, in milliseconds. The longest is how coarsely memory is integrated; the shortest keeps a look, of
 * some 0.1 ms, cheap beside what it watches.
 */
const LONGEST_MS = 100;
const SHORTEST_MS = 10;

/**
 * Processes that a run may ask for beyond its limit: far more than whoever is refused one tries again in good faith, and a
 * moment's work for a fork bomb, which costs the host more than any other plugin that keeps within its share.
 */
const MOST_REFUSED = 1000;

/** What a run can go too far in. */
export type Excess = 'cpu' | 'processes';

export class Meter {
  private readonly before: { cpuUs: number; readBytes: number; writeBytes: number };
  private readonly startedAt = performance.now();
  private last: { ms: number; bytes: number };
  private memoryByteMs = 0;
  private pids = 0;
  private readonly peakPidsBefore: number;
  private readonly refusedBefore: number;
  private isOver = false;
  private timer: NodeJS.Timeout | undefined;

  /** With `fresh` the sandbox's whole life until now counts too. `onExcess` is called once. */
  constructor(
    private readonly cgroup: SandboxCgroup,
    private readonly limits: Pick<Limits, 'cpuMillis' | 'cpuTimeMs'>,
    fresh: boolean,
    private readonly onExcess: (what: Excess) => void,
  ) {
    if (!fresh) cgroup.resetPeak();
    this.before = fresh ? { cpuUs: 0, readBytes: 0, writeBytes: 0 } : { cpuUs: cgroup.cpuUs(), ...cgroup.io() };
    this.peakPidsBefore = fresh ? 0 : cgroup.peakPids();
    this.refusedBefore = fresh ? 0 : cgroup.refusedPids();
    this.last = { ms: this.startedAt, bytes: cgroup.memoryBytes() };
    this.timer = setTimeout(() => this.look(), LONGEST_MS);
  }

  /** What was used until now. After a sandbox's end too, as far as its cgroup keeps it. */
  usage(): MeteredUsage {
    this.integrate();
    const { readBytes, writeBytes } = this.cgroup.io();
    return {
      cpuUs: this.cpuUs(),
      peakMemoryBytes: this.cgroup.peakBytes(),
      memoryByteMs: Math.round(this.memoryByteMs),
      ioReadBytes: Math.max(0, readBytes - this.before.readBytes),
      ioWriteBytes: Math.max(0, writeBytes - this.before.writeBytes),
      wallMs: Math.round((this.last.ms - this.startedAt) * 1000) / 1000,
    };
  }

  /** The most processes and threads at once: by the kernel's word where it is about this run, else by our looks. */
  peakPids(): number {
    this.countPids();
    const peak = this.cgroup.peakPids();
    return peak > this.peakPidsBefore ? peak : this.pids;
  }

  /** Looks no more. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    this.integrate();
    this.countPids();
    const leftMs = this.limits.cpuTimeMs - this.cpuUs() / 1000;
    // The soonest that the rest can be used up is at the full quota.
    const soonestMs = leftMs > 0 ? (leftMs * 1000) / this.limits.cpuMillis : LONGEST_MS;
    this.timer = setTimeout(() => this.look(), Math.min(LONGEST_MS, Math.max(SHORTEST_MS, soonestMs)));
    const refused = this.cgroup.refusedPids() - this.refusedBefore;
    const excess: Excess | undefined = leftMs <= 0 ? 'cpu' : refused > MOST_REFUSED ? 'processes' : undefined;
    if (excess === undefined || this.isOver) return;
    this.isOver = true;
    this.onExcess(excess);
  }

  /** The trapezoid between the last look and this one. */
  private integrate(): void {
    const now = { ms: performance.now(), bytes: this.cgroup.memoryBytes() };
    this.memoryByteMs += ((this.last.bytes + now.bytes) / 2) * (now.ms - this.last.ms);
    this.last = now;
  }

  private countPids(): void {
    this.pids = Math.max(this.pids, this.cgroup.pids());
  }

  private cpuUs(): number {
    return Math.max(0, this.cgroup.cpuUs() - this.before.cpuUs);
  }
}
