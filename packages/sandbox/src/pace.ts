/**
 * How soon an install whose runs break their sandboxes, one after the other, gets the next one. A sandbox's start is the
 * dearest thing that a plugin can make a host do, and nobody else on the host should pay for it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PluginOutcome } from './types.js';

/** Runs that may break in a row before there is any wait. */
const FREE = 3;
/** The first wait; each further run that breaks doubles it. Both in milliseconds. */
const FIRST_MS = 250;
const LONGEST_MS = 5000;
/** Installs that are remembered; of more than these, the one that broke longest ago is forgotten. */
const MAX_INSTALLS = 10_000;

const BREAKS: ReadonlySet<PluginOutcome> = new Set<PluginOutcome>([
  ...(['timed_out', 'out_of_memory', 'cpu_exhausted'] as const),
  ...(['output_limit', 'protocol_error', 'crashed'] as const),
]);

interface Breaking {
  /** Runs in a row. */
  times: number;
  /** When its next run may begin, on the monotonic clock, in milliseconds. */
  next: number;
}

export class Pace {
  private readonly breaking = new Map<string, Breaking>();

  /**
   * Waits until the install may have a sandbox started: not at all, unless its last runs broke theirs. Of several that
   * wait, each comes a whole wait after the one before, as far as that is at most 5 s from now: who waits holds a place.
   * @param stop ends the wait early
   */
  async wait(installId: string, stop: AbortSignal): Promise<void> {
    const entry = this.breaking.get(installId);
    if (entry === undefined || entry.times < FREE) return;
    const now = performance.now();
    const begins = Math.min(Math.max(now, entry.next), now + LONGEST_MS);
    entry.next = begins + waitAfter(entry.times);
    if (begins > now) await sleep(begins - now, undefined, { signal: stop }).catch(() => undefined);
  }

  /** Takes notice of how a run has ended. A run that ends well, or as an error of the plugin's own, makes up for all before it. */
  note(installId: string, outcome: PluginOutcome): void {
    if (outcome === 'cancelled') return;
    const { times = 0, next = 0 } = this.breaking.get(installId) ?? {};
    this.breaking.delete(installId);
    if (!BREAKS.has(outcome)) return;
    const now = performance.now();
    const after = times + 1 < FREE ? now : now + waitAfter(times + 1);
    this.breaking.set(installId, { times: times + 1, next: Math.max(next, after) });
    const [oldest] = this.breaking.keys();
    if (this.breaking.size > MAX_INSTALLS && oldest !== undefined) this.breaking.delete(oldest);
  }
}

const waitAfter = (times: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** (times - FREE));
