/** What travels through the queue: ids and nothing else. Authority comes from Postgres, which every consumer reads again. */
import { z } from 'zod';
import type { IsolationLevel } from './isolation.js';

export const VerifyVersionJob = z.strictObject({ versionId: z.uuid() });
export type VerifyVersionJob = z.infer<typeof VerifyVersionJob>;

export const RescanVersionJob = z.strictObject({ versionId: z.uuid() });
export type RescanVersionJob = z.infer<typeof RescanVersionJob>;

export const ExecuteRunJob = z.strictObject({ runId: z.uuid(), attempt: z.int().min(1) });
export type ExecuteRunJob = z.infer<typeof ExecuteRunJob>;

/** Every queue, and the form of its jobs. Runs that need a stronger isolation have queues of their own. */
export const QUEUES = {
  verifications: VerifyVersionJob,
  rescans: RescanVersionJob,
  runs: ExecuteRunJob,
  'runs-L2': ExecuteRunJob,
  'runs-L3': ExecuteRunJob,
} as const;
export type QueueName = keyof typeof QUEUES;
export type JobOf<Q extends QueueName> = z.infer<(typeof QUEUES)[Q]>;

/** Where a run waits that needs at least this level: only executors that have it take from there. */
export const RUN_QUEUES = { L1: 'runs', L2: 'runs-L2', L3: 'runs-L3' } as const satisfies Record<
  IsolationLevel,
  QueueName
>;
