/** What became of a call, in a line. */
import { bytes, milliseconds } from '../output.js';
import type { DevResult } from './devPlugin.js';

export function describeResult({ outcome, error, usage, start }: DevResult): string {
  const used = [
    milliseconds(usage.wallMs),
    `CPU ${milliseconds(usage.cpuUs / 1000)}`,
    `memory ${bytes(usage.peakMemoryBytes)}`,
    ...(usage.hostCalls === 0 ? [] : [`${usage.hostCalls} host calls`]),
    `${start} sandbox`,
  ];
  return `${outcome}${error === undefined ? '' : ` ${error.code}: ${error.message}`} (${used.join(', ')})`;
}
