import { z } from 'zod';
import { ERRORS, type ErrorCode } from '../errors.js';
import { Limits } from '../limits.js';
import { PluginFullName, SemVer, ToolName } from '../names.js';
import { LOG_LEVELS, RUN_STATES } from '../runs.js';
import { isStorableJson } from '../storableJson.js';
import { Blob, InputBlobs } from './blobs.js';
import { Id, Timestamp } from './organizations.js';

export const Code = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

export const UsageFigures = z
  .strictObject({
    cpuUs: z.int().describe('CPU time, in microseconds'),
    peakMemoryBytes: z.int(),
    memoryByteMs: z.int().describe('Memory use integrated over the run’s time, in bytes times milliseconds'),
    ioReadBytes: z.int().describe('Read from block devices, in bytes'),
    ioWriteBytes: z.int().describe('Written to block devices, in bytes'),
    wallMs: z.number().describe('Milliseconds on a monotonic clock'),
    outputBytes: z.int(),
    hostCalls: z.int().describe('Requests to host services'),
    hostRequestBytes: z.int().describe('What those requests weighed, in bytes'),
    hostAnswerBytes: z.int().describe('What their answers weighed, in bytes'),
  })
  .meta({ id: 'UsageFigures' });

export const RunProgress = z
  .strictObject({ done: z.number(), total: z.number().nullable(), message: z.string().nullable() })
  .meta({ id: 'RunProgress' });

export const Run = z
  .strictObject({
    id: Id,
    installId: Id,
    plugin: PluginFullName,
    version: SemVer,
    tool: ToolName,
    state: z.enum(RUN_STATES),
    input: z.unknown(),
    inputBlobs: z.record(z.string(), Id).describe('The blobs that it is given, by name'),
    outputBlobs: z.array(Blob).describe('The blobs that it wrote; none unless it succeeded'),
    output: z.unknown().describe('The tool’s result; null unless the run succeeded'),
    error: z.strictObject({ code: Code, message: z.string() }).nullable(),
    attempt: z.int(),
    limits: Limits.nullable().describe('What was applied; known once an executor has claimed the run'),
    isolationLevel: z.string().nullable(),
    leftProfile: z
      .array(z.string())
      .describe('In what it left the profile that its version was seen to have when it was verified; mostly nothing'),
    usage: UsageFigures.nullable(),
    progress: RunProgress.nullable().describe('What the run last said of its progress'),
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
  blobs: InputBlobs.optional().describe('The blobs that the run is given, by name'),
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
    memoryByteMs: z.int(),
    ioReadBytes: z.int(),
    ioWriteBytes: z.int(),
    outputBytes: z.int(),
    hostCalls: z.int(),
    hostRequestBytes: z.int(),
    hostAnswerBytes: z.int(),
    maxPeakMemoryBytes: z.int(),
  })
  .meta({ id: 'InstallUsage' });
