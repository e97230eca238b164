/**
 * One at a time, among all commands of this machine. The lock is a socket in Linux's abstract namespace: the kernel gives
 * it to one process and takes it back when that process ends, however it ends, so there is never a stale one.
 * Plain JavaScript without dependencies, because run.mjs needs it before anything is installed.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** Answers the lock, or undefined when somebody else holds it. @param {string} name */
function take(name) {
  const server = createServer().unref();
  const address = `\0paddock-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(process.platform === 'linux' ? address : 0, () => resolve(server));
  });
}

/**
 * Runs `work` while nobody else on this machine holds the lock of that name.
 * @template T
 * @param {string} name names what must not be done twice at once, such as a folder
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once if somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(name, work, onWait) {
  let lock = await take(name);
  if (lock === undefined) onWait?.();
  while (lock === undefined) {
    await sleep(POLL_MS);
    lock = await take(name);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}
