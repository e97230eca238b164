/**
 * The chapter of plugins that mean harm. The scanner says what it sees; the admin lets them through nonetheless, since what
 * holds them is the sandbox and not the scanner.
 */
import { existsSync } from 'node:fs';
import type { Run, Version } from '@paddock/client';
import type { RunState } from '@paddock/contracts';
import pc from 'picocolors';
import { bytes, milliseconds } from '../table.js';
import type { Play } from './cast.js';
import { renderMarkdown } from './honest.js';
import { publish, registerKey, submit } from './publish.js';
import { must } from './steps.js';
import { call, install, outputOf, usageOf } from './tenants.js';

interface Attempt {
  attempt: string;
  result: string;
}

interface Hostile {
  folder: string;
  tool: string;
  does: string;
  timeoutMs?: number;
  expected: RunState;
  /** Checks the run beyond its state, and says what was seen. */
  look(run: Run): string;
}

/** How an attempt ends that came to nothing: an error's code, as Node or the kernel names it, or a file that is masked. */
const DENIED = /^(?:E[A-Z0-9]{2,}|EAI_[A-Z]+|ERR_[A-Z_]+|read 0 bytes|empty)$/;

const HOSTILE: readonly Hostile[] = [
  {
    folder: 'hostile/cpu-spin',
    tool: 'spin',
    does: 'spins in a loop that never ends; it may take 1 s',
    timeoutMs: 1_000,
    expected: 'timed_out',
    look: (run) => {
      must(run.error?.code === 'deadline_exceeded', `its error is ${run.error?.code}`);
      return `stopped after ${milliseconds(run.usage?.wallMs ?? 0)}, with half a core at most`;
    },
  },
  {
    folder: 'hostile/memory-eater',
    tool: 'eat',
    does: 'takes memory until it is stopped',
    expected: 'out_of_memory',
    look: ({ error, limits, usage }) => {
      must(error?.code === 'memory_exceeded', `its error is ${error?.code}`);
      const [limit = 0, peak = Number.POSITIVE_INFINITY] = [limits?.memoryBytes, usage?.peakMemoryBytes];
      must(peak <= limit + CONTAINER_BYTES, `it got ${bytes(peak)}, which is more than ${bytes(limit)}`);
      return `stopped at its limit of ${bytes(limit)}`;
    },
  },
  {
    folder: 'hostile/network',
    tool: 'probe',
    does: 'tries every way to a network that it knows',
    expected: 'succeeded',
    look: (run) => {
      const attempts = attemptsOf(run);
      refuseAll(attempts);
      return `all ${attempts.length} attempts denied`;
    },
  },
  {
    folder: 'hostile/host-files',
    tool: 'look',
    does: 'looks for files, sockets and secrets of the host',
    expected: 'succeeded',
    look: (run) => {
      const attempts = attemptsOf(run);
      const own = attempts.filter(({ attempt, result }) => OWN[attempt]?.test(result));
      const others = attempts.filter((each) => !own.includes(each));
      refuseAll(others);
      const foreign = Object.keys(outputOf(run)['environment'] as object).filter((name) => !OWN_ENVIRONMENT.has(name));
      must(foreign.length === 0, `its environment holds ${foreign.join(', ')}`);
      const written = attempts.map(({ attempt }) => /^write (.*\/paddock-was-here)$/.exec(attempt)?.[1] ?? '');
      const arrived = written.filter((file) => file !== '' && existsSync(file));
      must(arrived.length === 0, `this machine has ${arrived.join(', ')} now`);
      return `nothing of the host: ${others.length} attempts denied or empty, ${own.length} met only the sandbox’s own`;
    },
  },
];

/** What a sandbox has of its own and may see, and what must not be among it. */
const OWN: Record<string, RegExp> = {
  // The image's files and folders: no home, no /root, no /var.
  'read /etc/passwd': /^read \d{1,3} bytes$/,
  'list /': /^(?!.*\b(?:boot|home|host|mnt|root|var)\b)/,
  // The container's id for a name, its own first process, its own mounts and cgroup.
  'read /etc/hostname': /^read 13 bytes$/,
  'read /proc/1/root/etc/hostname': /^read 13 bytes$/,
  'read /proc/1/environ': /^read \d{1,3} bytes$/,
  'read /proc/1/cmdline': /^read \d{1,3} bytes$/,
  'list /proc/1/fd': /^[\d ]+$/,
  'link /proc/1/root': /^\/$/,
  'read /proc/self/mountinfo': /^read \d+ bytes$/,
  'list /sys/fs/cgroup': /^[\w., -]+$/,
  // Devices that every container has: no disk, no memory, no kernel log.
  'list /dev': /^(?!.*\b(?:disk|fuse|kmsg|kvm|mem|nvme\w*|sd[a-z]\d*|vd[a-z]\d*)\b)/,
  // Its own /tmp, which goes with it.
  'write /tmp/paddock-was-here': /^written$/,
  'symlink /tmp/way-out': /^linked$/,
  uid: /^65532:65532 groups 65532$/,
};
/** What Docker gives to every container. */
const OWN_ENVIRONMENT = new Set(['PATH', 'HOME', 'HOSTNAME']);

function attemptsOf(run: Run): Attempt[] {
  const attempts = outputOf(run)['attempts'] as Attempt[];
  must(attempts.length > 0, 'it has tried nothing');
  return attempts;
}

function refuseAll(attempts: readonly Attempt[]): void {
  const through = attempts.filter(({ result }) => !DENIED.test(result));
  must(
    through.length === 0,
    `not denied: ${through.map(({ attempt, result }) => `${attempt} → ${result}`).join('; ')}`,
  );
}

/** What the kernel keeps of the container itself, which the cgroup around it counts beside what is in it. */
const CONTAINER_BYTES = 1024 * 1024;

/** How many results are shown of a plugin that tries many things. */
const SHOWN = 4;

type Verdicts = ReadonlyMap<Hostile, () => Promise<Version>>;

/** Uploads them; what is answered waits for their verdicts. */
export async function submitHostile(play: Play): Promise<Verdicts> {
  const { steps, mallory } = play;
  const key = await registerKey(play, mallory);
  const verdicts = new Map<Hostile, () => Promise<Version>>();
  for (const hostile of HOSTILE) {
    await steps.apart(hostile.folder, async () => {
      verdicts.set(hostile, await submit(play, mallory, hostile.folder, key));
    });
  }
  return verdicts;
}

export async function stopHostile(play: Play, verdicts: Verdicts): Promise<void> {
  const { steps, globex } = play;
  for (const [hostile, verdict] of verdicts) {
    await steps.apart(hostile.folder, () => holdOne(play, verdict, hostile));
  }
  await renderMarkdown(play, globex);
}

async function holdOne(
  play: Play,
  verdict: () => Promise<Version>,
  { tool, does, timeoutMs, expected, look }: Hostile,
) {
  const { steps, initech } = play;
  const version = await verdict();
  const { plugin } = version;
  await publish(play, version, 'let through, to see the sandbox hold it');
  await install(play, initech, plugin);
  const run = await steps.step(
    `${plugin} ${does}`,
    async () => {
      const limits = timeoutMs === undefined ? {} : { timeoutMs };
      const done = await call(play, initech, { plugin, tool, input: {}, ...limits });
      must(
        done.state === expected,
        `the run ended as ${done.state}, and not as ${expected} (${done.error?.message ?? 'no error'})`,
      );
      look(done);
      return done;
    },
    (done) => `${done.state === 'succeeded' ? '' : `${done.state}: `}${look(done)}; ${usageOf(done)}`,
  );
  if (expected === 'succeeded') {
    const attempts = attemptsOf(run);
    const some = attempts.slice(0, SHOWN).map(({ attempt, result }) => `${attempt} → ${result}`);
    steps.show(pc.dim(`${some.join(' · ')}${attempts.length > SHOWN ? ' · …' : ''}`));
  }
}
