/**
 * The places of a pool, bounded in number and in memory, and the queue for them: first come, first served, whoever it is
 * and however much it asks for. Knows nothing of what stands in a place.
 */

interface Waiter<T> {
  /** What an occupied place must bear to be of use; undefined when only a free one is. */
  key: string | undefined;
  bytes: number;
  give: (place: T | 'free' | undefined) => void;
}
export interface Room {
  count: number;
  bytes: number;
}

export class Slots<T> {
  private taken: Room = { count: 0, bytes: 0 };
  private waiters: Waiter<T>[] = [];

  constructor(private readonly max: Room) {}

  get isWaiting(): boolean {
    return this.waiters.length > 0;
  }

  /** A free place of so much memory, or an occupied one that was handed over; undefined when `stop` is aborted first. */
  take(key: string | undefined, bytes: number, stop: AbortSignal): Promise<T | 'free' | undefined> {
    if (!this.isWaiting && this.has({ count: 1, bytes })) {
      this.occupy(bytes);
      return Promise.resolve('free');
    }
    return new Promise((resolve) => {
      const leave = () => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        resolve(undefined);
        this.serve();
      };
      const waiter: Waiter<T> = {
        key,
        bytes,
        give: (place) => {
          stop.removeEventListener('abort', leave);
          resolve(place);
        },
      };
      stop.addEventListener('abort', leave, { once: true });
      this.waiters.push(waiter);
    });
  }

  /** Takes a place only if nobody waits and as much again stays free, so that whoever comes next need not wait either. */
  takeSpare(bytes: number): boolean {
    if (this.isWaiting || !this.has({ count: 2, bytes: 2 * bytes })) return false;
    this.occupy(bytes);
    return true;
  }

  /** Gives an occupied place to the first in the queue, if it is of use to that one. */
  handOver(key: string, occupied: T): boolean {
    if (this.waiters[0]?.key !== key) return false;
    this.waiters.shift()?.give(occupied);
    return true;
  }

  /** Whether somebody would still wait if so much more were free. */
  isShort(more: Room): boolean {
    if (!this.isWaiting) return false;
    const asked = this.waiters.reduce((sum, { bytes }) => sum + bytes, 0);
    return !this.has({ count: this.waiters.length - more.count, bytes: asked - more.bytes });
  }

  /** A place has become free. */
  free(bytes: number): void {
    this.taken.count -= 1;
    this.taken.bytes -= bytes;
    this.serve();
  }

  private serve(): void {
    for (let next = this.waiters[0]; next && this.has({ count: 1, bytes: next.bytes }); next = this.waiters[0]) {
      this.waiters.shift();
      this.occupy(next.bytes);
      next.give('free');
    }
  }

  private has({ count, bytes }: Room): boolean {
    return this.taken.count + count <= this.max.count && this.taken.bytes + bytes <= this.max.bytes;
  }

  private occupy(bytes: number): void {
    this.taken.count += 1;
    this.taken.bytes += bytes;
  }
}
