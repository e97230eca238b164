/** Writes a run's progress to its row, the newest word at most once in a while, however fast the words come. */
import type { Progress } from '@paddock/contracts';

const EVERY_MS = 1000;

export class ProgressWriter {
  #newest: Progress | undefined;
  #writing = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param write MUST NOT reject. */
  constructor(private readonly write: (progress: Progress) => Promise<void>) {}

  take(progress: Progress): void {
    this.#newest = progress;
    if (!this.#writing && this.#timer === undefined) void this.#next();
  }

  /** Writes no more, once what is under way is written. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #next(): Promise<void> {
    const progress = this.#newest;
    this.#newest = undefined;
    this.#timer = undefined;
    if (progress === undefined || this.#closed) return;
    this.#writing = true;
    await this.write(progress);
    this.#writing = false;
    if (!this.#closed) this.#timer = setTimeout(() => void this.#next(), EVERY_MS);
  }
}
