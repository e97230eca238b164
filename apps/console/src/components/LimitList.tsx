import type { Limits } from '@paddock/contracts';
import { formatBytes, formatMs } from './format.js';
import { Stats } from './Stats.js';

/** The limits of a sandbox, as figures. */
export const LimitList = ({ limits }: { limits: Limits }) => (
  <Stats
    items={[
      ['Deadline', formatMs(limits.timeoutMs)],
      ['Memory', formatBytes(limits.memoryBytes)],
      ['CPU', `${limits.cpuMillis / 1000} cores`],
      ['CPU time', formatMs(limits.cpuTimeMs)],
      ['Processes', limits.pids],
      ['Temporary files', formatBytes(limits.tmpBytes)],
      ['Largest file', formatBytes(limits.fileBytes)],
      ['Open files', limits.openFiles],
      ['Output', formatBytes(limits.outputBytes)],
      ['Result', formatBytes(limits.resultBytes)],
    ]}
  />
);
