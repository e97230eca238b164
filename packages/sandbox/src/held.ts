/** What a pool knows of one sandbox, and what must be equal for it to serve a plan. */
import type { Limits, LogLine, Usage } from '@paddock/contracts';
import type { SandboxHost } from './host.js';
import { Session } from './session.js';
import type { Observed, PoolKey, RunPlan } from './types.js';

export interface Held extends PoolKey {
  /** Of a sandbox that is nobody's yet its {@link kindOf}, afterwards its {@link keyOf}. */
  key: string;
  readonly session: Session;
  /** What it counts for in the pool's memory. */
  readonly bytes: number;
  readonly startedAt: number;
  /** What its start used and logged ahead of its first run, for that run to bear. */
  ahead: { usage: Usage; log: LogLine[] } | undefined;
  runs: number;
  idleSince: number;
}

/** Everything of a plan that is not of a run or an install: what a sandbox is made from. */
export type Making = Pick<
  RunPlan,
  'versionId' | 'runtime' | 'kernel' | 'bundleDir' | 'entry' | 'limits' | 'inputs' | 'beforeStart'
>;

/** Starts a sandbox that ends by itself after `lifeMs`. @throws what `beforeStart` throws, PaddockError `sandbox_unavailable` */
export async function start(
  host: Pick<SandboxHost, 'start'>,
  making: Making,
  { installId, versionId }: PoolKey,
  lifeMs: number,
): Promise<Held> {
  const { runtime, kernel = 'host', bundleDir, entry, limits, inputs, beforeStart } = making;
  await beforeStart?.();
  const spec = { runtime, kernel, bundleDir, entry, limits, lifeMs, ...(inputs ? { inputs } : {}) };
  const session = new Session(await host.start(spec), limits);
  const now = performance.now();
  return {
    key: kindOf(making),
    installId,
    versionId,
    session,
    bytes: bytesOf(limits),
    startedAt: now,
    ahead: undefined,
    runs: 0,
    idleSince: now,
  };
}

/** Which sandboxes are the same as long as they are nobody's. An install with tighter limits needs a kind of its own. */
export function kindOf({ versionId, runtime, kernel = 'host', bundleDir, entry, limits, inputs }: Making): string {
  const sorted = Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([versionId, runtime, kernel, bundleDir, entry, sorted, inputs ?? []]);
}

/** Which sandboxes are the same to an install. */
export const keyOf = (installId: string, kind: string): string => `${installId} ${kind}`;

/** What a sandbox takes outside of its own limit: the engine's process that watches it, and the kernel's bookkeeping. */
const OVERHEAD_BYTES = 16 * 1024 * 1024;

/** What a sandbox counts for in the pool's memory: all that it may come to use, so that no run ever takes another's. */
export const bytesOf = ({ memoryBytes }: Limits): number => memoryBytes + OVERHEAD_BYTES;

/** A run's own usage, and its sandbox's start where that happened ahead of it. */
export function withStart(usage: Usage, start: Usage | undefined): Usage {
  if (start === undefined) return usage;
  return {
    ...usage,
    cpuUs: usage.cpuUs + start.cpuUs,
    peakMemoryBytes: Math.max(usage.peakMemoryBytes, start.peakMemoryBytes),
    memoryByteMs: usage.memoryByteMs + start.memoryByteMs,
    ioReadBytes: usage.ioReadBytes + start.ioReadBytes,
    ioWriteBytes: usage.ioWriteBytes + start.ioWriteBytes,
    outputBytes: usage.outputBytes + start.outputBytes,
  };
}

/** The usage of a run that never had a sandbox. */
export const UNUSED: Usage = {
  cpuUs: 0,
  peakMemoryBytes: 0,
  memoryByteMs: 0,
  ioReadBytes: 0,
  ioWriteBytes: 0,
  wallMs: 0,
  outputBytes: 0,
  hostCalls: 0,
  hostRequestBytes: 0,
  hostAnswerBytes: 0,
};

export const UNOBSERVED: Observed = { cpuUs: 0, peakMemoryBytes: 0, peakPids: 0, tmpFiles: null };
