/**
 * What a sandbox is, as Docker's options: the one place that knows them. Pure: a spec and facts about the host go in.
 * No field comes from a manifest but the entry's path and the limits, both of which contracts have bounded.
 */
import { isAbsolute } from 'node:path';
import { BundlePath, type Limits, PaddockError, type Runtime } from '@paddock/contracts';
import type Docker from 'dockerode';

/** Whose kernel answers the plugin's system calls: the host's, or gVisor's, which is a program of its own on the host. */
export type Kernel = 'host' | 'gvisor';

/** One sandbox to make. */
export interface SandboxSpec {
  /** Lower-case letters and digits, 8 to 40; it names the container and the cgroup. */
  sandboxId: string;
  runtime: Runtime;
  /** The host's if absent. */
  kernel?: Kernel;
  /** `sha256:…`; a tag is refused, since a tag can come to mean another image. */
  imageId: string;
  /** The unpacked bundle on the engine's host, readable by user 65532. Mounted read-only. */
  bundleDir: string;
  /** The file to run, relative to the bundle. */
  entry: string;
  limits: Limits;
  /** After how many milliseconds the sandbox ends by itself, whoever is left to see to it; 1 second to 24 hours. */
  lifeMs: number;
  /** Files of the engine's host that are shown read-only as `/input/<name>`. */
  inputs?: readonly SandboxInput[];
}
export interface SandboxInput {
  hostPath: string;
  /** Letters, digits, `.`, `_` and `-`, not beginning with a dot or hyphen. */
  name: string;
}

/** What the spec must know of the host. */
export interface HostFacts {
  cgroupDriver: 'cgroupfs' | 'systemd';
  cgroupVersion: 1 | 2;
  /** Our seccomp profile, as JSON text. */
  seccompProfile: string;
  /** The AppArmor profile that the engine's kernel has loaded for sandboxes; the engine's own if absent. */
  apparmorProfile?: string;
  /** gVisor, where the engine has it: the name under which it is registered, and our profile in the form that it takes. */
  gvisor?: { runtime: string; seccompProfile: string };
  /** Which executor instance the sandbox belongs to. */
  ownerId: string;
}

const SANDBOX_USER = '65532:65532';
/** The first process of every sandbox: infra/runtimes/entry/entry.c. */
const ENTRY = '/usr/bin/paddock-entry';
const MiB = 1024 * 1024;
const MAX_LIFE_MS = 24 * 60 * 60 * 1000;

/** Docker's own defaults, which a list of one's own replaces, and then what tells about the host or other tenants. */
const MASKED_PATHS = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/proc/interrupts',
  '/proc/kallsyms',
  '/proc/config.gz',
  '/proc/diskstats',
  '/proc/cmdline',
  '/proc/pressure',
  '/sys/devices/virtual/powercap',
  // Its queues count against a quota that all processes of one user id on the host share.
  '/dev/mqueue',
];
const READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** Docker's types lack this field, which its API has had since 1.41. */
interface HostConfig extends Docker.HostConfig {
  CgroupnsMode: 'private';
}

/**
 * The options to create a sandbox's container with.
 *
 * @throws PaddockError `internal` when the spec itself is unsound, which is the caller's fault and never a plugin's.
 */
export function containerSpec(spec: SandboxSpec, host: HostFacts): Docker.ContainerCreateOptions {
  checkSpec(spec, host);
  const { limits, kernel = 'host' } = spec;
  const hostConfig: HostConfig = {
    NetworkMode: 'none',
    ReadonlyRootfs: true,
    Privileged: false,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true', ...securityOptions(kernel, host)],
    ...(kernel === 'gvisor' && host.gvisor ? { Runtime: host.gvisor.runtime } : {}),
    Memory: limits.memoryBytes,
    MemorySwap: limits.memoryBytes,
    // cgroup v2 has no swappiness; there MemorySwap alone forbids swap.
    ...(host.cgroupVersion === 1 ? { MemorySwappiness: 0 } : {}),
    OomKillDisable: false,
    OomScoreAdj: 500,
    NanoCpus: limits.cpuMillis * 1_000_000,
    PidsLimit: pidsLimit(limits, kernel),
    IpcMode: 'none',
    CgroupnsMode: 'private',
    CgroupParent: cgroupParent(spec.sandboxId, host.cgroupDriver),
    // The image's own first process takes the engine's place: it also holds the sandbox's life.
    Init: false,
    RestartPolicy: { Name: 'no' },
    AutoRemove: false,
    LogConfig: { Type: 'none', Config: {} },
    // The size counts as the sandbox's memory. uid and gid, since a mode alone is ignored where the image has the folder.
    Tmpfs: {
      '/tmp': `rw,noexec,nosuid,nodev,size=${limits.tmpBytes},nr_inodes=${limits.tmpInodes},mode=0700,uid=65532,gid=65532`,
    },
    Mounts: [
      bind(spec.bundleDir, '/plugin'),
      ...(spec.inputs ?? []).map((input) => bind(input.hostPath, `/input/${input.name}`)),
    ],
    Ulimits: [
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
      { Name: 'fsize', Soft: limits.fileBytes, Hard: limits.fileBytes },
    ],
    MaskedPaths: MASKED_PATHS,
    ReadonlyPaths: READONLY_PATHS,
  };
  return {
    name: `paddock-${spec.sandboxId}`,
    Image: spec.imageId,
    Cmd: [ENTRY, `--life-ms=${spec.lifeMs}`, '--', ...COMMANDS[spec.runtime](`/plugin/${spec.entry}`, limits)],
    User: SANDBOX_USER,
    Tty: false,
    OpenStdin: true,
    // When the attached end goes away, stdin ends: an honest plugin then leaves by itself.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Env: ['PATH=/usr/bin'],
    WorkingDir: '/plugin',
    // With `none` the engine still sets a network up, by executing itself twice for it; with this it only has an empty
    // namespace made, in which not even the loopback is up. Either alone would do.
    NetworkDisabled: true,
    Labels: { paddock: 'sandbox', 'paddock.sandbox': spec.sandboxId, 'paddock.owner': host.ownerId },
    HostConfig: hostConfig,
  };
}

function securityOptions(kernel: Kernel, { seccompProfile, apparmorProfile, gvisor }: HostFacts): string[] {
  if (kernel === 'gvisor') return [`seccomp=${gvisor?.seccompProfile}`];
  return [`seccomp=${seccompProfile}`, ...(apparmorProfile === undefined ? [] : [`apparmor=${apparmorProfile}`])];
}

/**
 * How many processes and threads the cgroup allows. gVisor itself has up to 64 threads on the host, and two for each of
 * the plugin's; where it needs more it ends, and the plugin with it.
 */
export const pidsLimit = ({ pids }: Limits, kernel: Kernel): number => (kernel === 'gvisor' ? 64 + 2 * pids : pids);

/**
 * Our seccomp profile in the form that gVisor takes. It knows no other errno than EPERM, and with that the C library does
 * not fall back where it has to; so what we answer with ENOSYS is left to gVisor, which has none of it or keeps it inside.
 */
export function gvisorSeccomp(profile: string): string {
  const { syscalls = [], ...rest } = JSON.parse(profile) as { syscalls?: { action: string; errnoRet?: number }[] };
  const allowed = syscalls.map(({ errnoRet, ...rule }) =>
    errnoRet === 38 ? { ...rule, action: 'SCMP_ACT_ALLOW' } : rule,
  );
  return JSON.stringify({ ...rest, syscalls: allowed });
}

/** The cgroup that Docker puts a sandbox's container under; it outlives the container, and so do its counters. */
export function cgroupParent(sandboxId: string, driver: HostFacts['cgroupDriver']): string {
  return driver === 'systemd' ? `paddock-${sandboxId}.slice` : `/paddock/${sandboxId}`;
}

/** How each runtime starts a plugin's entry. */
const COMMANDS: Readonly<Record<Runtime, (entry: string, limits: Limits) => string[]>> = {
  node: (entry, limits) => ['/usr/bin/node', ...nodeFlags(limits), entry],
  // Neither variables nor site packages nor byte code are for Python to look for; -u, so that what was printed is sent.
  python: (entry) => ['/usr/bin/python3', '-E', '-s', '-S', '-B', '-u', entry],
  native: (entry) => [entry],
};

/**
 * Node itself takes about 48 MiB beside its JavaScript heap. The heap is capped below the cgroup's limit, so that V8
 * collects garbage in earnest before the kernel has to kill; without a cap V8 would take a quarter of the limit as its
 * heap and leave the rest unused. The young generation is kept small in proportion, since its default alone can be
 * 48 MiB. No other flag: whatever a flag can forbid, a plugin can undo, and the container forbids it already.
 */
function nodeFlags(limits: Limits): string[] {
  const memoryMiB = Math.floor(limits.memoryBytes / MiB);
  const heapMiB = Math.max(memoryMiB - 48, Math.floor(memoryMiB / 2));
  const youngMiB = Math.min(16, Math.max(1, Math.floor(memoryMiB / 32)));
  return [`--max-old-space-size=${heapMiB}`, `--max-semi-space-size=${youngMiB}`];
}

const bind = (source: string, target: string): Docker.MountSettings => ({
  Type: 'bind',
  Source: source,
  Target: target,
  ReadOnly: true,
  BindOptions: { Propagation: 'rprivate' },
});

function checkSpec(spec: SandboxSpec, host: HostFacts): void {
  const names = (spec.inputs ?? []).map((input) => input.name);
  const faults = {
    sandboxId: !/^[a-z0-9]{8,40}$/.test(spec.sandboxId),
    imageId: !/^sha256:[0-9a-f]{64}$/.test(spec.imageId),
    bundleDir: !isAbsolute(spec.bundleDir),
    entry: !BundlePath.safeParse(spec.entry).success,
    kernel: spec.kernel === 'gvisor' && host.gvisor === undefined,
    lifeMs: !Number.isSafeInteger(spec.lifeMs) || spec.lifeMs < 1000 || spec.lifeMs > MAX_LIFE_MS,
    inputs:
      new Set(names).size !== names.length ||
      (spec.inputs ?? []).some(
        (input) => !isAbsolute(input.hostPath) || !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(input.name),
      ),
  };
  const fault = Object.entries(faults).find(([, wrong]) => wrong);
  if (fault)
    throw new PaddockError('internal', undefined, { cause: new Error(`sandbox spec: ${fault[0]} is not sound`) });
}
