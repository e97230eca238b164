/** What a sandbox may use. The smallest of plan, manifest and install wins, and what was applied stands on the run. */
import { z } from 'zod';

const MiB = 1024 * 1024;

/** Every limit, with its unit in its name. A tighter bound than a field's range is the plan's business. */
export const Limits = z.strictObject({
  memoryBytes: z
    .int()
    .min(32 * MiB)
    .max(4096 * MiB)
    .describe('Memory of all processes together, without swap'),
  cpuMillis: z.int().min(50).max(8000).describe('CPU quota in thousandths of a core'),
  timeoutMs: z.int().min(100).max(900_000).describe('Wall-clock deadline of one run, on a monotonic clock'),
  cpuTimeMs: z
    .int()
    .min(100)
    .max(900_000)
    .describe('CPU time of one run, of all its processes together; a sandbox’s start counts to its first run'),
  pids: z.int().min(16).max(512).describe('Processes and threads'),
  tmpBytes: z
    .int()
    .min(1 * MiB)
    .max(512 * MiB)
    .describe('Size of /tmp, which counts as memory'),
  tmpInodes: z.int().min(16).max(65_536).describe('Files and folders in /tmp'),
  fileBytes: z
    .int()
    .min(4096)
    .max(512 * MiB)
    .describe('Size of one file'),
  openFiles: z.int().min(32).max(4096).describe('Open files of one process'),
  messageBytes: z
    .int()
    .min(1024)
    .max(16 * MiB)
    .describe('One protocol message, either way'),
  messagesPerSecond: z
    .int()
    .min(10)
    .max(100_000)
    .describe('Protocol messages that one run writes; what comes faster waits, and no run ends for it'),
  outputBytes: z
    .int()
    .min(1024)
    .max(64 * MiB)
    .describe('All that one run writes to stdout and stderr'),
  resultBytes: z
    .int()
    .min(256)
    .max(16 * MiB)
    .describe('The result of one run, as JSON'),
});
export type Limits = z.infer<typeof Limits>;

/** What a manifest or an install may say: any of the limits. */
export const PartialLimits = Limits.partial();
export type PartialLimits = z.infer<typeof PartialLimits>;

/** What a version gets that asks for nothing. */
export const DEFAULT_LIMITS: Limits = {
  memoryBytes: 128 * MiB,
  cpuMillis: 500,
  timeoutMs: 10_000,
  cpuTimeMs: 10_000,
  pids: 64,
  tmpBytes: 16 * MiB,
  tmpInodes: 1024,
  fileBytes: 16 * MiB,
  openFiles: 256,
  messageBytes: 4 * MiB,
  messagesPerSecond: 1000,
  outputBytes: 8 * MiB,
  resultBytes: 1 * MiB,
};

/** The plan that every tenant has: no run gets more than this, whatever its manifest or install says. */
export const PLAN_LIMITS: Limits = {
  memoryBytes: 512 * MiB,
  cpuMillis: 1000,
  timeoutMs: 60_000,
  cpuTimeMs: 60_000,
  pids: 128,
  tmpBytes: 64 * MiB,
  tmpInodes: 16_384,
  fileBytes: 64 * MiB,
  openFiles: 1024,
  messageBytes: 4 * MiB,
  messagesPerSecond: 5000,
  outputBytes: 16 * MiB,
  resultBytes: 1 * MiB,
};

/**
 * The limits to apply: the manifest's word, or the default where it says nothing, then cut by the install and the plan.
 * An install can tighten a limit and never widen it.
 */
export function effectiveLimits(manifest: PartialLimits, install: PartialLimits, plan: Limits = PLAN_LIMITS): Limits {
  const entries = (Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]).map((key) => {
    const asked = manifest[key] ?? DEFAULT_LIMITS[key];
    return [key, Math.min(asked, install[key] ?? asked, plan[key])] as const;
  });
  return Object.fromEntries(entries) as Limits;
}
