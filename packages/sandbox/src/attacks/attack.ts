/**
 * Attacks a host's own sandboxes, and compares what each attempt came to with the table, exactly: an attempt that ends
 * otherwise than before has found a hole, or shows that a control has changed. Nothing hostile runs outside a sandbox.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFAULT_LIMITS, type IsolationLevel, PaddockError } from '@paddock/contracts';
import { FrameDecoder, LineSplitter, STDOUT } from '../frames.js';
import type { SandboxHost } from '../host.js';
import type { Place } from '../isolation.js';
import { isObject, parseJson } from '../messages.js';
import { packageFile } from '../packageFile.js';
import type { Sandbox } from '../sandbox.js';
import { type AttackRow, attackRows } from './table.js';

export interface Attempt extends AttackRow {
  /** What it came to; `not tried` if the program said nothing of it. */
  outcome: string;
  /** Whether that is among what is expected. */
  held: boolean;
}
export interface AttackReport {
  level: IsolationLevel;
  attempts: Attempt[];
  /** Whether every attempt was made and came to what it must. */
  held: boolean;
}

export interface AttackOptions {
  /** Which of the host's places to attack; one of its isolation report's. */
  place: Place;
  /** A folder that the engine's host sees under the same path; the system's temporary folder if absent. */
  scratchDir?: string;
}

const SOURCE = packageFile('attacks/attempts.c');
const TIMEOUT_MS = 60_000;

/**
 * Makes all attempts in one sandbox of the `native` runtime.
 * @throws PaddockError `sandbox_unavailable` when there is no sandbox, or no C compiler to make the attacker with;
 * `no_eligible_executor` without the runtime's image.
 */
export async function attack(host: Pick<SandboxHost, 'start'>, options: AttackOptions): Promise<AttackReport> {
  const bundleDir = await mkdtemp(join(options.scratchDir ?? tmpdir(), 'paddock-attack-'));
  try {
    await chmod(bundleDir, 0o755);
    await compileAttempts(join(bundleDir, 'attempts'));
    const sandbox = await host.start({
      runtime: 'native',
      kernel: options.place.kernel,
      bundleDir,
      entry: 'attempts',
      limits: { ...DEFAULT_LIMITS, cpuMillis: 1000 },
      lifeMs: 2 * TIMEOUT_MS,
    });
    try {
      return judge(await linesOf(sandbox), options.place.level);
    } finally {
      await sandbox.destroy();
    }
  } finally {
    await rm(bundleDir, { recursive: true, force: true });
  }
}

/** Makes the attacker: a static program, to be executed in a sandbox only. @throws PaddockError `sandbox_unavailable` without gcc and a static C library */
async function compileAttempts(file: string): Promise<void> {
  try {
    await promisify(execFile)('gcc', ['-std=gnu11', '-O1', '-static', '-s', '-o', file, SOURCE]);
    await chmod(file, 0o755);
  } catch (cause) {
    throw new PaddockError('sandbox_unavailable', 'The attacker can’t be compiled: gcc and libc6-dev are needed.', {
      cause,
    });
  }
}

/** Compares the program's lines with the table. What the table does not know has not held. */
export function judge(lines: readonly unknown[], level: IsolationLevel): AttackReport {
  const outcomes = new Map<string, string>();
  for (const line of lines) {
    if (isObject(line)) outcomes.set(String(line['name']), String(line['outcome']));
  }
  const attempts = attackRows(level).map((row): Attempt => {
    const outcome = outcomes.get(row.name) ?? 'not tried';
    outcomes.delete(row.name);
    return { ...row, outcome, held: row.expected.includes(outcome) };
  });
  for (const [name, outcome] of outcomes)
    attempts.push({ aim: 'stand in the table', name, expected: [], outcome, held: false });
  return { level, attempts, held: attempts.every((attempt) => attempt.held) };
}

/** All that a sandbox says on stdout until its end, line by line, as JSON. */
function linesOf(sandbox: Sandbox): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(unfinished('the attempts did not end in time')), TIMEOUT_MS);
    const found: unknown[] = [];
    const lines = new LineSplitter(4096, 'cut', (line) => found.push(parseJson(line)));
    const frames = new FrameDecoder((stream, bytes) => {
      if (stream === STDOUT) lines.push(bytes);
    });
    sandbox.listen({
      data: (chunk) => frames.push(chunk),
      drain: () => {},
      ended: () => {
        clearTimeout(late);
        resolve(found);
      },
    });
  });
}

const unfinished = (reason: string) => new PaddockError('sandbox_unavailable', undefined, { cause: new Error(reason) });
