/** What travels through the queue: ids and nothing else. Authority comes from Postgres, which every consumer reads again. */
import { z } from 'zod';

export const VerifyVersionJob = z.strictObject({ versionId: z.uuid() });
export type VerifyVersionJob = z.infer<typeof VerifyVersionJob>;

export const ExecuteRunJob = z.strictObject({ runId: z.uuid(), attempt: z.int().min(1) });
export type ExecuteRunJob = z.infer<typeof ExecuteRunJob>;

/** Every queue, and the form of its jobs. */
export const QUEUES = { verifications: VerifyVersionJob, runs: ExecuteRunJob } as const;
export type QueueName = keyof typeof QUEUES;
export type JobOf<Q extends QueueName> = z.infer<(typeof QUEUES)[Q]>;
