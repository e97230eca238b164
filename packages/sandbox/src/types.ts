/** What the callers of this package hand in and get back. */
import type { ErrorCode, Limits, LogLevel, LogLine, Outcome, Progress, Runtime, Usage } from '@paddock/contracts';
import type { Kernel, SandboxInput } from './containerSpec.js';

/** Everything about a run but the call itself: whose it is, what runs, and within which bounds. */
export interface RunPlan {
  installId: string;
  versionId: string;
  /** `run`: a sandbox for this run alone. `install`: one that stays warm for the same install and version. */
  isolation: 'run' | 'install';
  runtime: Runtime;
  /** Whose kernel it runs on; the host's if absent. */
  kernel?: Kernel;
  /** The unpacked bundle on the engine's host, readable by user 65532. */
  bundleDir: string;
  /** Called before each sandbox that is made for this plan, and for such as are made ahead of demand after it; what it throws refuses the run, and comes out of `SandboxPool.run`. */
  beforeStart?: () => Promise<void>;
  /** Relative to the bundle. */
  entry: string;
  limits: Limits;
  /**
   * Answers a request of the plugin's. `method` stands as it came, such as `host/kv.get`; `params` is parsed JSON and
   * otherwise unchecked. A thrown PaddockError goes to the plugin with its code; of any other error it learns nothing.
   */
  hostServices: (method: string, params: unknown, call: HostCall) => Promise<unknown>;
  /** Gets the run's log, cleaned and capped at 64 KiB. */
  onLog: (line: LogLine) => void;
  /** Gets each word of the run's progress, its message cleaned and capped; there may be very many. */
  onProgress?: (progress: Progress) => void;
  inputs?: readonly SandboxInput[];
  /** Whether to look at what lies in /tmp once the plugin has answered. */
  observe?: boolean;
}

/** What was seen of a conversation from outside. */
export interface Observed extends Pick<Usage, 'cpuUs' | 'peakMemoryBytes'> {
  /** Processes and threads at once; of a warm sandbox, as far as looks at intervals of 0.1 s caught them. */
  peakPids: number;
  /** The names in /tmp, at most 50, made printable; null when nobody looked or could. */
  tmpFiles: string[] | null;
}

/** What a run has asked of its host services so far, the request that is being answered included. */
export type HostUsage = Pick<Usage, 'hostCalls' | 'hostRequestBytes' | 'hostAnswerBytes'>;

/** What a host service may know of the run that asks, and do for it. */
export interface HostCall {
  /** Fires when the run is over. */
  readonly signal: AbortSignal;
  readonly used: Readonly<HostUsage>;
  /** Until the run's deadline, in milliseconds; never below 0. */
  remainingMs: () => number;
  /** Adds a line to the run's log, within the log's bounds. */
  log: (level: LogLevel, message: string) => void;
  progress: (progress: Progress) => void;
}

export interface ToolCall {
  tool: string;
  input: unknown;
  /** Wall-clock time in milliseconds; the limits' `timeoutMs` if absent or larger. A fresh sandbox's Node start counts, its container's does not. */
  deadlineMs?: number;
  /** How long after `notifications/cancelled` a plugin is killed, in milliseconds; 250 if absent, 10,000 at most. */
  graceMs?: number;
}

/** How a plugin's work can end; the platform's own decisions are not among them. */
export type PluginOutcome = Exclude<Outcome, 'revoked' | 'refused'>;

export interface PluginFault {
  outcome: Exclude<PluginOutcome, 'succeeded'>;
  /** `message` may hold a plugin's words, cleaned and at most 2 KiB. */
  error: { code: ErrorCode; message: string };
}

export interface RunResult {
  outcome: PluginOutcome;
  /** The result's `structuredContent`, or its `content` where it has none. It may hold `\u0000` and lone surrogates in its strings. */
  output?: unknown;
  error?: { code: ErrorCode; message: string };
  /**
   * A sandbox's start is counted to its first run, whether it was started for that run or ahead of it, so that a run
   * costs the same either way. What a sandbox used that never had a run is nobody's but the platform's.
   */
  usage: Usage;
  observed: Observed;
  /** Empty when the run was cancelled before it had one. */
  sandboxId: string;
  /** Whether the sandbox was `warm` from an earlier run of the install, started `ahead` of demand, or `fresh` for this run. */
  start: 'warm' | 'ahead' | 'fresh';
}

/** A tool as a running plugin lists it; a stranger's words, to be checked by whoever compares them with a manifest. */
export type ListedTool = Record<string, unknown>;

export interface ToolListing {
  outcome: PluginOutcome;
  tools?: ListedTool[];
  observed: Observed;
  error?: { code: ErrorCode; message: string };
}

export interface PoolOptions {
  /** Containers at once, whatever they are doing; at least 1. */
  maxSandboxes: number;
  /** The memory limits of all sandboxes together, and 16 MiB for each; in bytes. What one plan alone exceeds can't run. */
  memoryBytes: number;
  /** How many sandboxes may stand ready ahead of demand; 0 for none. */
  maxSpares: number;
  /** How long a sandbox may wait for its next run, in milliseconds. */
  idleMs: number;
  /** How long a sandbox may be used, in milliseconds from its start. */
  maxAgeMs: number;
  /** How many runs a sandbox may have. */
  maxRuns: number;
}
/** Whose a sandbox is. */
export interface PoolKey {
  /** Null as long as it is nobody's. */
  installId: string | null;
  versionId: string;
}
