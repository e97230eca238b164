/** Runs what a person need not read, with one line for it; when it fails, all that it said is shown. No dependencies. */
import { spawn } from 'node:child_process';
import path from 'node:path';

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');

/** Lines to show of a command that failed. */
const MAX_LINES = 60;

/**
 * @param {string} title
 * @param {() => Promise<void>} work
 */
export async function showStep(title, work) {
  const startedAt = Date.now();
  const time = () => `(${((Date.now() - startedAt) / 1000).toFixed(1)} s)`;
  const terminal = process.stdout.isTTY && process.env.TERM !== 'dumb';
  if (!terminal) console.log(`… ${title}`);
  const timer = terminal ? setInterval(() => process.stdout.write(`\r\u001b[K… ${title} ${time()}`), 200) : undefined;
  const end = (/** @type {string} */ mark) => {
    clearInterval(timer);
    process.stdout.write(`${terminal ? '\r\u001b[K' : ''}${mark} ${title} ${time()}\n`);
  };
  try {
    await work();
    end('✓');
  } catch (error) {
    end('✗');
    throw error;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd?: string }} options
 * @returns {Promise<void>} rejects with what the command wrote
 */
export function runQuietly(command, args, { env, cwd = ROOT }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        text = (text + chunk).slice(-200_000);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `${firstLines(text)}\n${path.basename(command)} ${args.join(' ')}: ${signal ?? `exit code ${code}`}`,
          ),
        );
    });
  });
}

/**
 * The first of many errors is the one to mend.
 * @param {string} text
 */
function firstLines(text) {
  const lines = text.trim().split('\n');
  return lines.length <= MAX_LINES
    ? lines.join('\n')
    : [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} lines more`].join('\n');
}
