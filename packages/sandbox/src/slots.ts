/** The places of a pool and the queue for them: first come, first served, whoever it is. Knows nothing of what stands in a place. */

interface Waiter<T> {
  /** What an occupied place must bear to be of use; undefined when only a free one is. */
  key: string | undefined;
  give: (place: T | 'free' | undefined) => void;
}

export class Slots<T> {
  private taken = 0;
  private waiters: Waiter<T>[] = [];

  constructor(private readonly max: number) {}

  get isWaiting(): boolean {
    return this.waiters.length > 0;
  }

  /** A free place, or an occupied one that was handed over; undefined when `stop` is aborted first. */
  take(key: string | undefined, stop: AbortSignal): Promise<T | 'free' | undefined> {
    if (!this.isWaiting && this.taken < this.max) {
      this.taken += 1;
      return Promise.resolve('free');
    }
    return new Promise((resolve) => {
      const leave = () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        resolve(undefined);
      };
      const waiter: Waiter<T> = {
        key,
        give: (place) => {
          stop.removeEventListener('abort', leave);
          resolve(place);
        },
      };
      stop.addEventListener('abort', leave, { once: true });
      this.waiters.push(waiter);
    });
  }

  /** Gives an occupied place to the first in the queue, if it is of use to that one. */
  handOver(key: string, occupied: T): boolean {
    if (this.waiters[0]?.key !== key) return false;
    this.waiters.shift()?.give(occupied);
    return true;
  }

  /** A place has become free. */
  free(): void {
    const next = this.waiters.shift();
    if (next) next.give('free');
    else this.taken -= 1;
  }
}
