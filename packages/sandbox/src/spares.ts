/**
 * Sandboxes that are started ahead of demand: of which plugins, how many, when. A spare has loaded its plugin and had its
 * `initialize` answered; it knows of no install, and gets no host service and no call before it is given to one.
 * It never takes what a run needs: not the last place, no memory, and no start at the same time.
 */
import { availableParallelism } from 'node:os';
import type { LogLine } from '@paddock/contracts';
import { PaddockError } from '@paddock/contracts';
import { converse } from './converse.js';
import { Demand } from './demand.js';
import { type Held, kindOf, type Making } from './held.js';
import { introduced } from './plugin.js';
import type { PoolKey } from './types.js';

/** What spares need of their pool. */
export interface Shelf {
  /** Takes a place for a sandbox, if there is plenty of room. */
  takePlace(making: Making): boolean;
  /** Starts a sandbox in the place that was taken. */
  make(making: Making): Promise<Held>;
  /** Keeps account of work that may be stopped from outside. */
  job<T>(owner: PoolKey, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T>;
  keep(held: Held): void;
  destroy(held: Held): void;
  /** The kinds of the spares that stand ready, each as often as it does. */
  ready(): string[];
  /** How many sandboxes are being started for runs just now. */
  starting(): number;
}

interface Coming {
  readonly kind: string;
  readonly stop: AbortController;
  /** The run that waits for just this one. */
  claim: ((held: Held | undefined) => void) | undefined;
}

/** Starting a sandbox takes one core, more or less; so many may be started at once, for runs and ahead. */
const MAX_STARTING = Math.max(1, Math.floor(availableParallelism() / 2));
/** A plugin that takes longer to start gets no spares. */
const MAX_START_MS = 10_000;

export class Spares {
  private readonly demand = new Demand<Making>();
  private readonly coming = new Set<Coming>();

  constructor(
    private readonly max: number,
    private readonly shelf: Shelf,
  ) {}

  /** A run found no warm sandbox. Files that are shown to one run can't be shown ahead of it, so such a run counts for nothing. */
  note(kind: string, making: Making): void {
    if (this.max === 0 || making.inputs !== undefined) return;
    const { versionId, runtime, kernel = 'host', bundleDir, entry, limits, beforeStart } = making;
    const kept: Making = {
      versionId,
      runtime,
      kernel,
      bundleDir,
      entry,
      limits,
      ...(beforeStart ? { beforeStart } : {}),
    };
    this.demand.note(kind, kept, performance.now());
  }

  /** A spare of this kind did not last: none is made until there is new demand. */
  forget(kind: string): void {
    this.demand.forget(kind);
  }

  forgetWhere(matches: (key: PoolKey) => boolean): void {
    this.demand.forgetWhere(({ versionId }) => matches({ installId: null, versionId }));
  }

  /** Waits for a spare of this kind that is being started, since it will be there sooner than one that begins now. Undefined if there is none. */
  async claim(kind: string, stop: AbortSignal): Promise<Held | undefined> {
    const coming = [...this.coming].find((other) => other.kind === kind && other.claim === undefined);
    if (coming === undefined) return undefined;
    return new Promise((resolve) => {
      const leave = () => {
        coming.claim = undefined;
        resolve(undefined);
      };
      coming.claim = (held) => {
        stop.removeEventListener('abort', leave);
        resolve(held);
      };
      stop.addEventListener('abort', leave, { once: true });
    });
  }

  /** Gives up the starts that no run waits for. */
  giveWay(): void {
    for (const { claim, stop } of this.coming) if (claim === undefined) stop.abort();
  }

  /** Starts what is wanted, as far as there is room. */
  fill(): void {
    while (this.coming.size + this.shelf.starting() < MAX_STARTING) {
      const present = [...this.shelf.ready(), ...[...this.coming].map(({ kind }) => kind)];
      if (present.length >= this.max) return;
      const next = this.demand.mostWanted(
        (kind) => present.filter((other) => other === kind).length,
        performance.now(),
      );
      if (next === undefined || !this.shelf.takePlace(next)) return;
      void this.begin(next);
    }
  }

  private async begin(making: Making): Promise<void> {
    const kind = kindOf(making);
    const coming: Coming = { kind, stop: new AbortController(), claim: undefined };
    this.coming.add(coming);
    const owner = { installId: null, versionId: making.versionId };
    const held = await this.shelf
      .job(owner, coming.stop.signal, (stop) => this.start(making, stop))
      // What the platform could not do here, it will say to the run that needs it.
      .catch(() => undefined);
    this.coming.delete(coming);
    if (held === undefined && !coming.stop.signal.aborted) this.forget(kind);
    if (coming.claim !== undefined) coming.claim(held);
    else if (held !== undefined) this.shelf.keep(held);
    this.fill();
  }

  /** Undefined when the plugin does not start, or asks for what only a run has. */
  private async start(making: Making, stop: AbortSignal): Promise<Held | undefined> {
    const held = await this.shelf.make(making);
    const log: LogLine[] = [];
    let hasAsked = false;
    const plan = {
      limits: making.limits,
      hostServices: () => {
        hasAsked = true;
        return Promise.reject(new PaddockError('capability_not_granted'));
      },
      onLog: (line: LogLine) => log.push(line),
    };
    const terms = { plan, deadlineMs: Math.min(making.limits.timeoutMs, MAX_START_MS), graceMs: 0, stop, fresh: true };
    let isReady = false;
    try {
      const { said, usage, clean } = await converse(held.session, terms, (exchange) =>
        introduced(held.session, exchange, async () => ({ outcome: 'succeeded', value: undefined })),
      );
      held.ahead = { usage, log };
      isReady = said.outcome === 'succeeded' && clean && !hasAsked && !stop.aborted;
    } finally {
      if (!isReady) this.shelf.destroy(held);
    }
    return isReady ? held : undefined;
  }
}
