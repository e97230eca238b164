/** What lies in a sandbox's /tmp, seen from outside while its processes live. Only names are read, and of that folder alone. */
import { opendirSync } from 'node:fs';
import { cleanText } from './runLog.js';

const MAX_NAMES = 50;
const MAX_CHARACTERS = 255;

/**
 * @param pids of processes in the sandbox, as this process's own /proc names them.
 * @returns null where none of them can be looked into, as on a kernel of the sandbox's own.
 */
export function namesInTmp(pids: readonly number[]): string[] | null {
  for (const pid of pids) {
    try {
      // /tmp is a mount on a root that nobody inside can write to, so the path leads nowhere else.
      const folder = opendirSync(`/proc/${pid}/root/tmp`);
      try {
        const names: string[] = [];
        for (let entry = folder.readSync(); entry && names.length < MAX_NAMES; entry = folder.readSync())
          names.push(cleanText(entry.name).slice(0, MAX_CHARACTERS));
        return names.sort();
      } finally {
        folder.closeSync();
      }
    } catch {
      // It has ended, or it is not ours to look into; another one may be.
    }
  }
  return null;
}
