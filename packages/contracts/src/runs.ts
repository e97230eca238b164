/**
 * The life of a run, declared once. The SQL guards in packages/db derive from it.
 *
 *            claim                 settle
 *   queued ─────────▶ running ─────────────▶ an outcome (terminal)
 *     │  ▲              │
 *     │  └── lease ran out, attempts left ◀──┘
 *     └──────────────▶ cancelled | revoked | refused   (settled before it was ever claimed)
 */

/** How a run can end. The first nine are what the plugin did; the last two are the platform's decision. */
export const OUTCOMES = [
  'succeeded',
  'failed',
  'timed_out',
  'cancelled',
  'out_of_memory',
  'cpu_exhausted',
  'output_limit',
  'protocol_error',
  'crashed',
  'revoked',
  'refused',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const RUN_STATES = ['queued', 'running', ...OUTCOMES] as const;
export type RunState = (typeof RUN_STATES)[number];

/** Which states each state can go to. A terminal state goes nowhere. */
export const RUN_TRANSITIONS: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'cancelled', 'revoked', 'refused'],
  running: ['queued', ...OUTCOMES],
  ...(Object.fromEntries(OUTCOMES.map((outcome) => [outcome, []])) as unknown as Record<Outcome, readonly RunState[]>),
};

export const isSettled = (state: RunState): state is Outcome => RUN_TRANSITIONS[state].length === 0;

/** The states from which `to` can be reached: what a compare-and-set update must find. */
export const runStatesBefore = (to: RunState): RunState[] =>
  RUN_STATES.filter((from) => RUN_TRANSITIONS[from].includes(to));

/** An attempt that the platform itself could not carry out is tried again this many times in all, then refused. */
export const MAX_ATTEMPTS = 3;

/** What one attempt consumed, read from the sandbox's cgroup and from the host's own counters; never from the plugin. */
export interface Usage {
  /** CPU time of every process in the sandbox, in microseconds. */
  cpuUs: number;
  /** Highest memory use while the attempt ran, in bytes. */
  peakMemoryBytes: number;
  /**
   * Memory use integrated over `wallMs`, in bytes times milliseconds. It is looked at every 100 ms and at both ends, and
   * taken to change evenly between two looks.
   */
  memoryByteMs: number;
  /** Read from block devices: what of the bundle or the image was not in the host's cache. Bytes. */
  ioReadBytes: number;
  ioWriteBytes: number;
  /** From the call's dispatch to its end on a monotonic clock, in milliseconds. */
  wallMs: number;
  /** What the sandbox wrote to stdout and stderr, in bytes, its requests to host services left out. */
  outputBytes: number;
  /** Requests to host services, refused ones too. */
  hostCalls: number;
  /** What those requests weighed, as lines of JSON, in bytes. */
  hostRequestBytes: number;
  /** What their answers weighed, likewise. */
  hostAnswerBytes: number;
}

/** How far a run says that it has come. */
export interface Progress {
  done: number;
  total: number | null;
  message: string | null;
}

/** One line of a run's log. `stderr` is what the plugin wrote there; the other levels come by the protocol. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'stderr'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export interface LogLine {
  level: LogLevel;
  message: string;
  /** Milliseconds since the epoch, by the host's clock. */
  at: number;
}
