/** The order in which a process lets go of what it holds: the last thing started is the first stopped. */
import type { Logger } from './logger.js';

export type Stop = () => Promise<void> | void;

export class StopList {
  readonly #stops: { name: string; stop: Stop }[] = [];
  #current: string | undefined;

  /** Notes how to stop what was just started. */
  add(name: string, stop: Stop): void {
    this.#stops.push({ name, stop });
  }

  /** What is being stopped right now. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Stops everything, one after the other, newest first. A stop that fails is logged and the rest goes on. */
  async run(logger: Logger): Promise<{ clean: boolean }> {
    let clean = true;
    for (let next = this.#stops.pop(); next !== undefined; next = this.#stops.pop()) {
      this.#current = next.name;
      try {
        await next.stop();
      } catch (error) {
        clean = false;
        logger.error({ err: error, stopping: next.name }, 'could not be stopped cleanly');
      }
    }
    this.#current = undefined;
    return { clean };
  }
}
