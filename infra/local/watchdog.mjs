/**
 * Ends what a command started if the command itself is killed. It holds one end of a pipe; each line on it names a
 * process to watch over (`+pid signal`) or to forget (`-pid`), or a folder to remove at last (`/path`). When the pipe
 * ends, everything still named is signalled, the youngest first, and killed if it stays.
 * Plain JavaScript, because it runs beside compiled code and source alike.
 */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 10_000;

const watched = new Map();
const folders = new Set();

/** A zombie counts as ended: whoever takes it over may be slow to look. */
function isAlive(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    if (existsSync('/proc/self/stat')) return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone by itself.
  }
}

async function end(pid, name) {
  if (name !== 'none') signal(pid, name);
  const deadline = Date.now() + GRACE_MS;
  while (isAlive(pid) && Date.now() < deadline) await sleep(50);
  signal(-pid, 'SIGKILL');
}

// A command is stopped by its own handlers; the watchdog outlives it to see that nothing is left.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('+')) {
    const [pid, name] = line.slice(1).split(' ');
    watched.set(Number(pid), name);
  } else if (line.startsWith('-')) {
    watched.delete(Number(line.slice(1)));
  } else if (line.startsWith('/')) {
    folders.add(line);
  } else if (line === 'bye') {
    process.exit(0);
  }
}
for (const [pid, name] of [...watched].reverse()) await end(pid, name);
for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
