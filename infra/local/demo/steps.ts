/**
 * The demo's steps: each is shown while it goes on, checked, and recorded with what was observed. A step that fails ends its
 * chapter; the next chapter begins all the same. It knows nothing of plugins.
 */
import pc from 'picocolors';
import type { Progress } from '../progress.js';

/** Far longer than any step takes on a busy machine, in milliseconds. */
const STEP_MS = 120_000;

export interface StepRecord {
  name: string;
  ok: boolean;
  /** What was seen, in a person's words; for a step that failed, what was wrong. */
  observed: string;
  ms: number;
}

/** Thrown by a step that is recorded already. */
class StepFailed extends Error {}

/** Ends a step as failed unless `holds`. `what` says what was seen in place of what had to be. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** What an earlier chapter was to bring, and has not if it failed. */
export function brought<T>(value: T | undefined, what: string): T {
  must(value !== undefined, `${what} is missing, since an earlier step failed`);
  return value;
}

export class Steps {
  readonly records: StepRecord[] = [];

  constructor(
    private readonly progress: Progress,
    private readonly signal: AbortSignal,
  ) {}

  get failed(): StepRecord[] {
    return this.records.filter((record) => !record.ok);
  }

  /** Steps that build on each other, under one heading, and what they bring. @throws only when the demo is broken off */
  async chapter<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
    this.signal.throwIfAborted();
    this.progress.print(`\n${pc.bold(title)}`);
    return this.apart(title, work);
  }

  /** Steps that nothing after them builds on: what fails in them ends them alone. @throws only when the demo is broken off */
  async apart<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
    const startedAt = performance.now();
    try {
      return await work();
    } catch (error) {
      this.signal.throwIfAborted();
      if (error instanceof StepFailed) return undefined;
      const observed = messageOf(error);
      this.records.push({ name: title, ok: false, observed, ms: elapsedSince(startedAt) });
      this.progress.print(`${pc.red('✗')} ${title} ${pc.red(observed)}`);
      return undefined;
    }
  }

  /**
   * One step; `work` throws when what it sees is not what has to be seen.
   * @param observed what was seen, on the step's line and in its record
   */
  async step<T>(name: string, work: () => Promise<T>, observed: (result: T) => string): Promise<T> {
    this.signal.throwIfAborted();
    const line = this.progress.step(name);
    const startedAt = performance.now();
    try {
      const result = await inTime(work());
      const seen = observed(result);
      line.done(seen);
      this.records.push({ name, ok: true, observed: seen, ms: elapsedSince(startedAt) });
      return result;
    } catch (error) {
      line.fail();
      this.signal.throwIfAborted();
      const seen = messageOf(error);
      this.progress.print(`  ${pc.red(seen)}`);
      this.records.push({ name, ok: false, observed: seen, ms: elapsedSince(startedAt) });
      throw new StepFailed(seen, { cause: error });
    }
  }

  /** Lines below the step before, for those who read on. */
  show(...lines: string[]): void {
    for (const line of lines) this.progress.print(`    ${line}`);
  }
}

const elapsedSince = (startedAt: number): number => Math.round(performance.now() - startedAt);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came of it within ${STEP_MS / 1000} s`)), STEP_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
