import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../errors.js';
import { Limits } from '../limits.js';
import { PluginFullName, SemVer, ToolName } from '../names.js';
import { LOG_LEVELS, RUN_STATES } from '../runs.js';
import { isStorableJson } from '../storableJson.js';
import { Id, Timestamp } from './organizations.js';

export const Code = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

export const UsageFigures = z
  .strictObject({
    cpuUs: z.int().describe('CPU time, in microseconds'),
    peakMemoryBytes: z.int(),
    wallMs: z.number().describe('Milliseconds on a monotonic clock'),
    outputBytes: z.int(),
  })
  .meta({ id: 'UsageFigures' });

export const Run = z
  .strictObject({
    id: Id,
    installId: Id,
    plugin: PluginFullName,
    version: SemVer,
    tool: ToolName,
    state: z.enum(RUN_STATES),
    input: z.unknown(),
    output: z.unknown().describe('The tool’s result; null unless the run succeeded'),
    error: z.strictObject({ code: Code, message: z.string() }).nullable(),
    attempt: z.int(),
    limits: Limits.nullable().describe('What was applied; known once an executor has claimed the run'),
    isolationLevel: z.string().nullable(),
    usage: UsageFigures.nullable(),
    logs: z.array(z.strictObject({ level: z.enum(LOG_LEVELS), message: z.string(), at: Timestamp })),
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    settledAt: Timestamp.nullable(),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof Run>;

export const NewRun = z.strictObject({
  input: z
    .record(z.string(), z.unknown())
    .refine(isStorableJson, 'holds a NUL character or half a surrogate pair')
    .default({}),
  timeoutMs: z.int().min(100).max(900_000).optional().describe('Tightens the install’s deadline for this run'),
});

/** Usage summed over the settled attempts of one install. */
export const InstallUsage = z
  .strictObject({
    installId: Id,
    plugin: PluginFullName,
    runs: z.int(),
    cpuUs: z.int(),
    wallMs: z.number(),
    outputBytes: z.int(),
    maxPeakMemoryBytes: z.int(),
  })
  .meta({ id: 'InstallUsage' });
