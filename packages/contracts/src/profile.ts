/**
 * What a version was seen to do in its detonation, by the word of the host alone, and how a later run leaves it. The profile
 * is countersigned with the verdict; that a run leaves it is reported, and stops nothing.
 */
import { z } from 'zod';
import { ToolName } from './names.js';
import type { Usage } from './runs.js';

const Counted = z.record(z.string().max(300), z.int().min(1));

export const ObservedProfile = z
  .strictObject({
    tools: z.array(ToolName).describe('Those that answered; only their later runs are compared'),
    hostServices: Counted.describe(
      'What was asked of the host and answered, and how often: `kv.get`, `http api.example.com`, `secret TOKEN`',
    ),
    refused: Counted.describe('What was asked and refused, with the refusal’s code'),
    kvKeys: z.array(z.string().max(512)).max(50).describe('Keys that it read or wrote; the first 50'),
    tmpFiles: z
      .array(z.string().max(300))
      .max(50)
      .nullable()
      .describe('What lay in /tmp after its work; the first 50, null where the host can’t look there'),
    peakPids: z.int().min(0).describe('Processes and threads at once'),
    cpuUs: z.int().min(0).describe('CPU time of the whole detonation, in microseconds'),
    peakMemoryBytes: z.int().min(0),
  })
  .meta({ id: 'ObservedProfile' });
export type ObservedProfile = z.infer<typeof ObservedProfile>;

/** How far a run may be above what was seen: inputs of real life are larger than those of a detonation. */
export const PROFILE_SLACK = { pids: 8, memoryBytes: 32 * 1024 * 1024, times: 2 } as const;

export interface ObservedRun {
  tool: string;
  /** As {@link ObservedProfile} names them. */
  hostServices: Readonly<Record<string, number>>;
  peakPids: number;
  peakMemoryBytes: Usage['peakMemoryBytes'];
}

/** In what a run left the profile, as short sentences; nothing for a tool that the detonation could not see at work. */
export function leftProfile(profile: ObservedProfile, run: ObservedRun): string[] {
  if (!profile.tools.includes(run.tool)) return [];
  const { pids, memoryBytes, times } = PROFILE_SLACK;
  const mostPids = Math.max(profile.peakPids * times, profile.peakPids + pids);
  const mostMemory = Math.max(profile.peakMemoryBytes * times, profile.peakMemoryBytes + memoryBytes);
  const services = Object.keys(run.hostServices).filter((name) => !Object.hasOwn(profile.hostServices, name));
  return [
    ...services
      .sort()
      .slice(0, 50)
      .map((name) => `host service: ${name}`),
    ...(run.peakPids > mostPids ? [`processes: ${run.peakPids}, ${profile.peakPids} were seen`] : []),
    ...(run.peakMemoryBytes > mostMemory
      ? [`memory: ${run.peakMemoryBytes} bytes, ${profile.peakMemoryBytes} were seen`]
      : []),
  ];
}
