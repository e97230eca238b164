/** What the callers of this package hand in and get back. */
import type { ErrorCode, Limits, LogLine, Outcome, Runtime, Usage } from '@paddock/contracts';
import type { SandboxInput } from './containerSpec.js';

/** Everything about a run but the call itself: whose it is, what runs, and within which bounds. */
export interface RunPlan {
  installId: string;
  versionId: string;
  /** `run`: a sandbox for this run alone. `install`: one that stays warm for the same install and version. */
  isolation: 'run' | 'install';
  runtime: Runtime;
  /** The unpacked bundle on the engine's host, readable by user 65532. */
  bundleDir: string;
  /** Called before each sandbox that is made for this plan; what it throws refuses the run, and comes out of `SandboxPool.run`. */
  beforeStart?: () => Promise<void>;
  /** Relative to the bundle. */
  entry: string;
  limits: Limits;
  /**
   * Answers a request of the plugin's. `method` stands as it came, such as `host/kv.get`; `params` is parsed JSON and
   * otherwise unchecked. A thrown PaddockError goes to the plugin with its code; of any other error it learns nothing.
   * The signal fires when the run is over.
   */
  hostServices: (method: string, params: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Gets the run's log, cleaned and capped at 64 KiB. */
  onLog: (line: LogLine) => void;
  inputs?: readonly SandboxInput[];
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
  /** A fresh sandbox's start is counted to its first run. */
  usage: Usage;
  /** Empty when the run was cancelled before it had one. */
  sandboxId: string;
  start: 'warm' | 'fresh';
}

/** A tool as a running plugin lists it; a stranger's words, to be checked by whoever compares them with a manifest. */
export type ListedTool = Record<string, unknown>;

export interface ToolListing {
  outcome: PluginOutcome;
  tools?: ListedTool[];
  error?: { code: ErrorCode; message: string };
}

export interface PoolOptions {
  /** Containers at once, whatever they are doing; at least 1. */
  maxSandboxes: number;
  /** How long a sandbox may wait for its next run, in milliseconds. */
  idleMs: number;
  /** How long a sandbox may be used, in milliseconds from its start. */
  maxAgeMs: number;
  /** How many runs a sandbox may have. */
  maxRuns: number;
}
/** Whose a sandbox is. */
export interface PoolKey {
  installId: string;
  versionId: string;
}
