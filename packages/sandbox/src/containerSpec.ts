/**
 * What a sandbox is, as Docker's options: the one place that knows them. Pure: a spec and facts about the host go in.
 * No field comes from a manifest but the entry's path and the limits, both of which contracts have bounded.
 */
import { isAbsolute } from 'node:path';
import { BundlePath, type Limits, PaddockError } from '@paddock/contracts';
import type Docker from 'dockerode';

/** One sandbox to make. */
export interface SandboxSpec {
  /** Lower-case letters and digits, 8 to 40; it names the container and the cgroup. */
  sandboxId: string;
  installId: string;
  runtime: 'node';
  /** `sha256:…`; a tag is refused, since a tag can come to mean another image. */
  imageId: string;
  /** The unpacked bundle on the engine's host, readable by user 65532. Mounted read-only. */
  bundleDir: string;
  /** The file to run, relative to the bundle. */
  entry: string;
  limits: Limits;
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
  /** Which executor instance the sandbox belongs to. */
  ownerId: string;
}

const SANDBOX_USER = '65532:65532';
const MiB = 1024 * 1024;

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
  checkSpec(spec);
  const { limits } = spec;
  const hostConfig: HostConfig = {
    NetworkMode: 'none',
    ReadonlyRootfs: true,
    Privileged: false,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true', `seccomp=${host.seccompProfile}`],
    Memory: limits.memoryBytes,
    MemorySwap: limits.memoryBytes,
    // cgroup v2 has no swappiness; there MemorySwap alone forbids swap.
    ...(host.cgroupVersion === 1 ? { MemorySwappiness: 0 } : {}),
    OomKillDisable: false,
    OomScoreAdj: 500,
    NanoCpus: limits.cpuMillis * 1_000_000,
    PidsLimit: limits.pids,
    IpcMode: 'none',
    CgroupnsMode: 'private',
    CgroupParent: cgroupParent(spec.sandboxId, host.cgroupDriver),
    Init: true,
    RestartPolicy: { Name: 'no' },
    AutoRemove: false,
    LogConfig: { Type: 'none', Config: {} },
    // The size counts as the sandbox's memory. uid and gid, since a mode alone is ignored where the image has the folder.
    Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${limits.tmpBytes},nr_inodes=1024,mode=0700,uid=65532,gid=65532` },
    Mounts: [
      bind(spec.bundleDir, '/plugin'),
      ...(spec.inputs ?? []).map((input) => bind(input.hostPath, `/input/${input.name}`)),
    ],
    Ulimits: [
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
      { Name: 'fsize', Soft: limits.tmpBytes, Hard: limits.tmpBytes },
    ],
    MaskedPaths: MASKED_PATHS,
    ReadonlyPaths: READONLY_PATHS,
  };
  return {
    name: `paddock-${spec.sandboxId}`,
    Image: spec.imageId,
    Cmd: command(spec.entry, limits),
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
    Labels: { paddock: 'sandbox', 'paddock.sandbox': spec.sandboxId, 'paddock.owner': host.ownerId },
    HostConfig: hostConfig,
  };
}

/** The cgroup that Docker puts a sandbox's container under; it outlives the container, and so do its counters. */
export function cgroupParent(sandboxId: string, driver: HostFacts['cgroupDriver']): string {
  return driver === 'systemd' ? `paddock-${sandboxId}.slice` : `/paddock/${sandboxId}`;
}

/**
 * Node itself takes about 48 MiB beside its JavaScript heap. The heap is capped below the cgroup's limit, so that V8
 * collects garbage in earnest before the kernel has to kill; without a cap V8 would take a quarter of the limit as its
 * heap and leave the rest unused. The young generation is kept small in proportion, since its default alone can be
 * 48 MiB. No other flag: whatever a flag can forbid, a plugin can undo, and the container forbids it already.
 */
function command(entry: string, limits: Limits): string[] {
  const memoryMiB = Math.floor(limits.memoryBytes / MiB);
  const heapMiB = Math.max(memoryMiB - 48, Math.floor(memoryMiB / 2));
  const youngMiB = Math.min(16, Math.max(1, Math.floor(memoryMiB / 32)));
  return ['/usr/bin/node', `--max-old-space-size=${heapMiB}`, `--max-semi-space-size=${youngMiB}`, `/plugin/${entry}`];
}

const bind = (source: string, target: string): Docker.MountSettings => ({
  Type: 'bind',
  Source: source,
  Target: target,
  ReadOnly: true,
  BindOptions: { Propagation: 'rprivate' },
});

function checkSpec(spec: SandboxSpec): void {
  const names = (spec.inputs ?? []).map((input) => input.name);
  const faults = {
    sandboxId: !/^[a-z0-9]{8,40}$/.test(spec.sandboxId),
    imageId: !/^sha256:[0-9a-f]{64}$/.test(spec.imageId),
    bundleDir: !isAbsolute(spec.bundleDir),
    entry: !BundlePath.safeParse(spec.entry).success,
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
