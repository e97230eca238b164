/**
 * The sandboxes of an executor: how many, whose, how long. A sandbox is given to one install and version and to no
 * other, ever; one run at a time; and it is destroyed rather than trusted again once anything about it is unclear.
 *
 *   (started for a run) ──────────┐         settle, clean
 *   (started ahead) ──▶ nobody's ─┴▶ in use ─────────────▶ idle ──▶ in use …
 *                          │           │ soiled, single use,  │ too long, too old, soiled, room is needed
 *                          │           ▼ worn out             │
 *                          └───────▶ destroyed ◀──────────────┘
 */
import { ERRORS, PaddockError } from '@paddock/contracts';
import { converse, type Settled } from './converse.js';
import type { Exchange } from './exchange.js';
import { bytesOf, type Held, keyOf, kindOf, type Making, start, UNOBSERVED, UNUSED, withStart } from './held.js';
import type { SandboxHost } from './host.js';
import { AT_ONCE, Jobs } from './jobs.js';
import { Pace } from './pace.js';
import { callTool, introduced, listTools } from './plugin.js';
import { Slots } from './slots.js';
import { Spares } from './spares.js';
import type { PoolKey, PoolOptions, RunPlan, RunResult, ToolCall, ToolListing } from './types.js';

interface Given {
  held: Held;
  start: RunResult['start'];
}

const DEFAULT_GRACE_MS = 250;
const MAX_GRACE_MS = 10_000;
/** What the start of a container, and a kill, may take at most: two requests to the engine. */
const LIFE_SLACK_MS = 60_000;
const SWEEP_MS = 1000;

export class SandboxPool {
  private readonly slots: Slots<Held>;
  private readonly spares: Spares;
  /** Least recently used first, spares among them. */
  private idle: Held[] = [];
  /** The places of the sandboxes that are being destroyed. */
  private readonly leaving = { count: 0, bytes: 0 };
  /** Sandboxes that are being started for a run. */
  private starting = 0;
  private readonly jobs = new Jobs();
  private readonly pace = new Pace();
  private readonly destroying = new Set<Promise<void>>();
  private readonly sweeper: NodeJS.Timeout;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly host: Pick<SandboxHost, 'start'>,
    private readonly options: PoolOptions,
  ) {
    this.slots = new Slots({ count: options.maxSandboxes, bytes: options.memoryBytes });
    this.spares = new Spares(options.maxSpares, {
      takePlace: (making) => this.takeSpare(making),
      make: (making) => this.make(making, { installId: null, versionId: making.versionId }, 'install'),
      job: (owner, stop, work) => this.job(owner, stop, work),
      keep: (held) => this.keep(held),
      destroy: (held) => void this.destroy(held),
      ready: () => this.idle.filter((held) => held.installId === null).map((held) => held.key),
      starting: () => this.starting,
    });
    this.sweeper = setInterval(() => this.sweep(), Math.min(SWEEP_MS, options.idleMs)).unref();
  }

  /**
   * Calls one tool. What the plugin does wrong is the result's outcome.
   * @throws PaddockError `sandbox_unavailable` when no sandbox can be made, when the engine fails, or when the pool closes.
   */
  run(plan: RunPlan, call: ToolCall, signal: AbortSignal): Promise<RunResult> {
    const deadlineMs = Math.min(call.deadlineMs ?? plan.limits.timeoutMs, plan.limits.timeoutMs);
    const graceMs = Math.min(Math.max(call.graceMs ?? DEFAULT_GRACE_MS, 0), MAX_GRACE_MS);
    return this.job(plan, signal, async (stop) => {
      await this.pace.wait(plan.installId, stop);
      const given = await this.acquire(plan, stop);
      if (given === undefined)
        return { ...cancelled(), usage: UNUSED, observed: UNOBSERVED, sandboxId: '', start: 'fresh' };
      const { held } = given;
      const talk = (exchange: Exchange) => callTool(exchange, call, plan.limits);
      const { ahead } = held;
      held.ahead = undefined;
      for (const line of ahead?.log ?? []) plan.onLog(line);
      const { said, usage, observed } = await this.use(held, plan.isolation === 'install', () =>
        converse(held.session, { plan, deadlineMs, graceMs, stop, fresh: given.start === 'fresh' }, (exchange) =>
          introduced(held.session, exchange, talk),
        ),
      );
      this.pace.note(plan.installId, said.outcome);
      const rest = {
        usage: withStart(usage, ahead?.usage),
        observed,
        sandboxId: held.session.sandbox.id,
        start: given.start,
      };
      return said.outcome === 'succeeded'
        ? { outcome: 'succeeded', output: said.value, ...rest }
        : { ...said, ...rest };
    });
  }

  /** Asks a plugin for its tools, in a sandbox such as a run of the plan would have. Throws as {@link run} does. */
  listTools(plan: RunPlan, signal: AbortSignal): Promise<ToolListing> {
    return this.job(plan, signal, async (stop) => {
      const given = await this.acquire(plan, stop);
      if (given === undefined) return { ...cancelled(), observed: UNOBSERVED };
      const { session } = given.held;
      const terms = { plan, deadlineMs: plan.limits.timeoutMs, graceMs: 0, stop, fresh: given.start === 'fresh' };
      const { said, observed } = await this.use(given.held, plan.isolation === 'install', () =>
        converse(session, terms, (exchange) => introduced(session, exchange, listTools)),
      );
      return said.outcome === 'succeeded'
        ? { outcome: 'succeeded', tools: said.value, observed }
        : { ...said, observed };
    });
  }

  /**
   * Destroys the sandboxes of some installs or versions; runs in them are cancelled, without grace. Answers how many sandboxes and
   * waiting runs that were. @throws PaddockError `sandbox_unavailable` when one could not be removed.
   */
  async destroyWhere(matches: (key: PoolKey) => boolean): Promise<number> {
    this.spares.forgetWhere(matches);
    const idle = this.idle.filter((held) => matches(held));
    const stopped = this.jobs.stopWhere(matches, AT_ONCE);
    await Promise.all(idle.map((held) => this.destroy(held)));
    const jobs = await stopped;
    await this.destroyed();
    return idle.length + jobs;
  }

  /** The versions that there are sandboxes of, whoever's. */
  versionIds(): string[] {
    return [...new Set([...this.idle.map(({ versionId }) => versionId), ...this.jobs.versionIds()])];
  }

  /** How many sandboxes wait: started ahead and nobody's yet, or warm for their install. */
  waiting(): { spare: number; warm: number } {
    const spare = this.idle.filter(({ installId }) => installId === null).length;
    return { spare, warm: this.idle.length - spare };
  }

  /** Takes no more runs, lets those under way fail with `sandbox_unavailable`, and removes every container and cgroup folder. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      clearInterval(this.sweeper);
      await this.jobs.stopWhere(() => true, closedError());
      for (const held of this.idle) void this.destroy(held);
      await this.destroyed();
    })();
    return this.closing;
  }

  /** Waits for all destructions, and throws if one has failed since the last time. */
  private async destroyed(): Promise<void> {
    const all = [...this.destroying];
    const results = await Promise.allSettled(all);
    for (const promise of all) this.destroying.delete(promise);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed)
      throw new PaddockError('sandbox_unavailable', 'A sandbox could not be removed.', { cause: failed.reason });
  }

  private async job<T>(owner: PoolKey, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    if (this.closing) throw closedError();
    return this.jobs.run(owner, signal, work);
  }

  /** A sandbox for the plan: a warm one, one that was started ahead, or a fresh one; undefined when it is cancelled meanwhile. */
  private async acquire(plan: RunPlan, stop: AbortSignal): Promise<Given | undefined> {
    if (stop.aborted) return stoppedWaiting(stop);
    const kind = kindOf(plan);
    const key = keyOf(plan.installId, kind);
    const warm = plan.isolation === 'install' ? this.takeIdle(key) : undefined;
    if (warm !== undefined) return { held: warm, start: 'warm' };
    this.spares.note(kind, plan);
    const spare = this.takeIdle(kind) ?? (await this.spares.claim(kind, stop));
    if (spare !== undefined) return { held: Object.assign(spare, { key, installId: plan.installId }), start: 'ahead' };
    if (stop.aborted) return stoppedWaiting(stop);

    if (bytesOf(plan.limits) > this.options.memoryBytes)
      throw new PaddockError('sandbox_unavailable', 'The plugin may use more memory than this executor has.');
    const place = this.slots.take(plan.isolation === 'install' ? key : undefined, bytesOf(plan.limits), stop);
    this.makeRoom();
    const given = await place;
    if (given === undefined) return stoppedWaiting(stop);
    if (given !== 'free') return { held: given, start: 'warm' };
    this.starting += 1;
    try {
      return { held: Object.assign(await this.make(plan, plan, plan.isolation), { key }), start: 'fresh' };
    } finally {
      this.starting -= 1;
    }
  }

  /** The most recently used idle sandbox that is just that. */
  private takeIdle(key: string): Held | undefined {
    const at = this.idle.findLastIndex((held) => held.key === key);
    return at === -1 ? undefined : this.idle.splice(at, 1)[0];
  }

  /** Starts a sandbox in a place that is taken, or else gives the place back. */
  private async make(making: Making, owner: PoolKey, isolation: RunPlan['isolation']): Promise<Held> {
    // Its pool is done with it earlier: after the deadline of its last run, which began when it was nearly too old, and the grace.
    const ageMs = isolation === 'run' ? 0 : this.options.maxAgeMs;
    try {
      return await start(this.host, making, owner, ageMs + making.limits.timeoutMs + MAX_GRACE_MS + LIFE_SLACK_MS);
    } catch (error) {
      this.slots.free(bytesOf(making.limits));
      throw error;
    }
  }

  /** Has a conversation in a sandbox and then decides whether the sandbox is kept. */
  private async use<T>(held: Held, keep: boolean, talk: () => Promise<Settled<T>>): Promise<Settled<T>> {
    held.runs += 1;
    let fit = false;
    try {
      const settled = await talk();
      fit =
        keep && settled.clean && held.runs < this.options.maxRuns && !this.isOld(held) && this.closing === undefined;
      return settled;
    } finally {
      if (fit) this.keep(held);
      else void this.destroy(held);
      if (held.runs === 1) this.spares.fill();
    }
  }

  /** Hands a sandbox to whoever waits for it, or keeps it until somebody asks. */
  private keep(held: Held): void {
    if (this.slots.handOver(held.key, held)) return;
    held.idleSince = performance.now();
    held.session.onSoiled = () => {
      this.spares.forget(held.key);
      void this.destroy(held);
    };
    this.idle.push(held);
    this.makeRoom();
  }

  /** A place for a spare: one of plenty, or later that of a sandbox that nobody has needed for a good while. */
  private takeSpare({ limits }: Making): boolean {
    if (this.closing) return false;
    if (this.slots.takeSpare(bytesOf(limits))) return true;
    const oldest = this.idle[0];
    if (oldest && performance.now() - oldest.idleSince > this.options.idleMs / 4 && this.leaving.count === 0) {
      void this.destroy(oldest).then(() => this.spares.fill());
    }
    return false;
  }

  /** Destroys as many idle sandboxes as it takes for everybody who waits. */
  private makeRoom(): void {
    for (let oldest = this.idle[0]; oldest && this.slots.isShort(this.leaving); oldest = this.idle[0]) {
      void this.destroy(oldest);
    }
    if (this.slots.isShort(this.leaving)) this.spares.giveWay();
  }

  private sweep(): void {
    const now = performance.now();
    for (const held of this.idle) {
      if (now - held.idleSince > this.options.idleMs || this.isOld(held) || held.session.hasWorkedIdly()) {
        this.spares.forget(held.key);
        void this.destroy(held);
      }
    }
    this.spares.fill();
  }

  private isOld(held: Held): boolean {
    return performance.now() - held.startedAt > this.options.maxAgeMs;
  }

  /** Never rejects, since mostly nobody waits for it: what can't be removed is found by `removeOrphans`, and by `close`. */
  private async destroy(held: Held): Promise<void> {
    this.idle = this.idle.filter((other) => other !== held);
    held.session.onSoiled = undefined;
    const gone = held.session.sandbox.destroy();
    if (this.destroying.has(gone)) return gone.catch(() => {});
    this.destroying.add(gone);
    this.leaving.count += 1;
    this.leaving.bytes += held.bytes;
    try {
      await gone;
      this.destroying.delete(gone);
    } catch {
      // It stays in `destroying`, so that `destroyWhere` or `close` reports it.
    } finally {
      this.leaving.count -= 1;
      this.leaving.bytes -= held.bytes;
      this.slots.free(held.bytes);
    }
  }
}

const cancelled = (): Pick<ToolListing, 'error'> & { outcome: 'cancelled' } => ({
  outcome: 'cancelled',
  error: { code: 'cancelled_by_caller', message: ERRORS.cancelled_by_caller.title },
});

const closedError = (): PaddockError => new PaddockError('sandbox_unavailable', 'The executor is stopping.');

/** The platform's own reason to stop is thrown; the caller's is a cancellation. */
function stoppedWaiting(stop: AbortSignal): undefined {
  if (stop.reason instanceof PaddockError) throw stop.reason;
  return undefined;
}
