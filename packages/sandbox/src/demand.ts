/**
 * How many sandboxes of each kind are worth starting ahead of demand, by how often one was needed of late. A need is a
 * run that found no warm sandbox of its install; it counts less and less as it gets older.
 */

/** After this long a need counts e times less; in milliseconds. Without a new one for as long, nothing is wanted. */
const MEMORY_MS = 60_000;
/** One call alone is no demand; two within a good minute are. */
const LEAST_WEIGHT = 1.25;
/** About how long a sandbox takes to start on a busy host, in seconds. */
const START_S = 1;

interface Entry<P> {
  plan: P;
  weight: number;
  at: number;
}

export class Demand<P> {
  private readonly entries = new Map<string, Entry<P>>();

  /** A sandbox of this kind was needed; `now` is in milliseconds on a monotonic clock. */
  note(kind: string, plan: P, now: number): void {
    const entry = this.entries.get(kind);
    this.entries.set(kind, { plan, weight: 1 + (entry === undefined ? 0 : weightOf(entry, now)), at: now });
  }

  /** What was needed of this kind counts no more. */
  forget(kind: string): void {
    this.entries.delete(kind);
  }

  forgetWhere(matches: (plan: P) => boolean): void {
    for (const [kind, { plan }] of this.entries) if (matches(plan)) this.entries.delete(kind);
  }

  /** What is wanted and has least of what it should have; undefined when all have enough. */
  mostWanted(have: (kind: string) => number, now: number): P | undefined {
    let found: P | undefined;
    let least = 1;
    for (const [kind, entry] of this.entries) {
      const wanted = this.wanted(kind, now);
      if (wanted === 0) {
        if (now - entry.at > MEMORY_MS) this.entries.delete(kind);
        continue;
      }
      const share = have(kind) / wanted;
      if (share < least) {
        least = share;
        found = entry.plan;
      }
    }
    return found;
  }

  /**
   * How many of this kind should stand ready: what will be needed while another one starts, and, since needs come by
   * chance, the square root of that more.
   */
  wanted(kind: string, now: number): number {
    const entry = this.entries.get(kind);
    if (entry === undefined || now - entry.at > MEMORY_MS) return 0;
    const weight = weightOf(entry, now);
    if (weight < LEAST_WEIGHT) return 0;
    const load = (weight / (MEMORY_MS / 1000)) * START_S;
    return Math.ceil(load + Math.sqrt(load));
  }
}

const weightOf = ({ weight, at }: { weight: number; at: number }, now: number): number =>
  weight * Math.exp((at - now) / MEMORY_MS);
