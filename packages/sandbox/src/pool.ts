/**
 * The sandboxes of an executor: how many, whose, how long. A sandbox is given to one install and version and to no
 * other, ever; one run at a time; and it is destroyed rather than trusted again once anything about it is unclear.
 *
 *            take            settle, clean
 *   (start) ──────▶ in use ────────────────▶ idle ──▶ in use …
 *                     │ soiled, single use,    │ too long, too old, soiled, room is needed
 *                     ▼ worn out               ▼
 *                  destroyed ◀─────────────────┘
 */
import { ERRORS, PaddockError } from '@paddock/contracts';
import { converse, type Said, type Settled } from './converse.js';
import type { Exchange } from './exchange.js';
import type { SandboxHost } from './host.js';
import { callTool, initialize, listTools } from './plugin.js';
import { Session } from './session.js';
import { Slots } from './slots.js';
import type { PoolKey, PoolOptions, RunPlan, RunResult, ToolCall, ToolListing } from './types.js';

interface Held extends PoolKey {
  readonly key: string;
  readonly session: Session;
  readonly startedAt: number;
  runs: number;
  idleSince: number;
}
/** One `run` or `listTools` under way. */
interface Job extends PoolKey {
  stop: AbortController;
  done: Promise<unknown>;
}
type Start = RunResult['start'];

const DEFAULT_GRACE_MS = 250;
const MAX_GRACE_MS = 10_000;
const SWEEP_MS = 1000;

export class SandboxPool {
  private readonly slots: Slots<Held>;
  /** Least recently used first. */
  private idle: Held[] = [];
  private readonly jobs = new Set<Job>();
  private readonly destroying = new Set<Promise<void>>();
  private readonly sweeper: NodeJS.Timeout;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly host: Pick<SandboxHost, 'start'>,
    private readonly options: PoolOptions,
  ) {
    this.slots = new Slots(options.maxSandboxes);
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
      const given = await this.acquire(plan, stop);
      if (given === undefined) return { ...cancelled(), usage: NOTHING, sandboxId: '', start: 'fresh' };
      const { held, start } = given;
      const startedAt = performance.now();
      const talk = (exchange: Exchange) =>
        callTool(
          exchange,
          {
            tool: call.tool,
            input: call.input,
            remainingMs: Math.max(0, Math.round(deadlineMs - (performance.now() - startedAt))),
          },
          plan.limits,
        );
      const { said, usage } = await this.use(held, plan.isolation === 'install', () =>
        converse(held.session, { plan, deadlineMs, graceMs, stop, fresh: start === 'fresh' }, (exchange) =>
          this.introduced(held.session, exchange, talk),
        ),
      );
      const rest = { usage, sandboxId: held.session.sandbox.id, start };
      return said.outcome === 'succeeded'
        ? { outcome: 'succeeded', output: said.value, ...rest }
        : { ...said, ...rest };
    });
  }

  /** Starts the plugin in a sandbox of its own, asks for its tools, and destroys the sandbox. Throws as {@link run} does. */
  listTools(plan: RunPlan, signal: AbortSignal): Promise<ToolListing> {
    return this.job(plan, signal, async (stop) => {
      const given = await this.acquire({ ...plan, isolation: 'run' }, stop);
      if (given === undefined) return cancelled();
      const { session } = given.held;
      const terms = { plan, deadlineMs: plan.limits.timeoutMs, graceMs: 0, stop, fresh: true };
      const { said } = await this.use(given.held, false, () =>
        converse(session, terms, (exchange) => this.introduced(session, exchange, listTools)),
      );
      return said.outcome === 'succeeded' ? { outcome: 'succeeded', tools: said.value } : said;
    });
  }

  /**
   * Destroys the sandboxes of some installs or versions; runs in them are cancelled. Answers how many sandboxes and
   * waiting runs that were. @throws PaddockError `sandbox_unavailable` when one could not be removed.
   */
  async destroyWhere(matches: (key: PoolKey) => boolean): Promise<number> {
    const idle = this.idle.filter((held) => matches(held));
    const jobs = [...this.jobs].filter((job) => matches(job));
    for (const job of jobs) job.stop.abort();
    await Promise.all([...idle.map((held) => this.destroy(held)), ...jobs.map((job) => job.done)]);
    await this.destroyed();
    return idle.length + jobs.length;
  }

  /** Takes no more runs, lets those under way fail with `sandbox_unavailable`, and removes every container and cgroup folder. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      clearInterval(this.sweeper);
      for (const job of this.jobs) job.stop.abort(closedError());
      await Promise.all([...this.jobs].map((job) => job.done));
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

  /** Keeps account of a piece of work, so that it can be stopped from outside. */
  private async job<T>(plan: RunPlan, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    if (this.closing) throw closedError();
    const stop = new AbortController();
    // Not AbortSignal.any: the caller's reason must never be taken for one of ours.
    const forward = () => stop.abort();
    signal.addEventListener('abort', forward, { once: true });
    if (signal.aborted) forward();
    const working = work(stop.signal);
    const job: Job = { installId: plan.installId, versionId: plan.versionId, stop, done: working.catch(() => {}) };
    this.jobs.add(job);
    try {
      return await working;
    } finally {
      this.jobs.delete(job);
      signal.removeEventListener('abort', forward);
    }
  }

  /** A sandbox for the plan; undefined when it is cancelled meanwhile. */
  private async acquire(plan: RunPlan, stop: AbortSignal): Promise<{ held: Held; start: Start } | undefined> {
    const key = keyOf(plan);
    if (stop.aborted) return stoppedWaiting(stop);
    const idle = plan.isolation === 'install' ? this.idle.findLast((held) => held.key === key) : undefined;
    if (idle !== undefined) {
      this.idle.splice(this.idle.indexOf(idle), 1);
      return { held: idle, start: 'warm' };
    }
    const place = this.slots.take(plan.isolation === 'install' ? key : undefined, stop);
    const oldest = this.idle[0];
    if (this.slots.isWaiting && oldest !== undefined) void this.destroy(oldest);
    const given = await place;
    if (given === undefined) return stoppedWaiting(stop);
    if (given !== 'free') return { held: given, start: 'warm' };
    try {
      const { installId, versionId, runtime, bundleDir, entry, limits, inputs } = plan;
      await plan.beforeStart?.();
      const sandbox = await this.host.start({
        installId,
        runtime,
        bundleDir,
        entry,
        limits,
        ...(inputs ? { inputs } : {}),
      });
      const now = performance.now();
      return {
        held: {
          key,
          installId,
          versionId,
          session: new Session(sandbox, limits),
          startedAt: now,
          runs: 0,
          idleSince: now,
        },
        start: 'fresh',
      };
    } catch (error) {
      this.slots.free();
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
      if (fit) this.release(held);
      else void this.destroy(held);
    }
  }

  private async introduced<T>(
    session: Session,
    exchange: Exchange,
    talk: (exchange: Exchange) => Promise<Said<T>>,
  ): Promise<Said<T>> {
    if (!session.initialized) {
      const fault = await initialize(exchange);
      if (fault) return fault;
      session.initialized = true;
    }
    return talk(exchange);
  }

  private release(held: Held): void {
    if (this.slots.isWaiting) {
      if (!this.slots.handOver(held.key, held)) void this.destroy(held);
      return;
    }
    held.idleSince = performance.now();
    held.session.onSoiled = () => void this.destroy(held);
    this.idle.push(held);
  }

  private sweep(): void {
    const now = performance.now();
    for (const held of this.idle) {
      if (now - held.idleSince > this.options.idleMs || this.isOld(held) || held.session.hasWorkedIdly())
        void this.destroy(held);
    }
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
    try {
      await gone;
      this.destroying.delete(gone);
    } catch {
      // It stays in `destroying`, so that `destroyWhere` or `close` reports it.
    } finally {
      this.slots.free();
    }
  }
}

const NOTHING = { cpuUs: 0, peakMemoryBytes: 0, wallMs: 0, outputBytes: 0 } as const;

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

/** What must be equal for a sandbox to serve a plan: whose it is, and everything that its container was made from. */
function keyOf(plan: RunPlan): string {
  const limits = Object.entries(plan.limits).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    plan.installId,
    plan.versionId,
    plan.runtime,
    plan.bundleDir,
    plan.entry,
    limits,
    plan.inputs ?? [],
  ]);
}
