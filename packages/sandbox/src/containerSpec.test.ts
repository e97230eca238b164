import { DEFAULT_LIMITS } from '@paddock/contracts';
import { describe, expect, it } from 'vitest';
import { containerSpec, type HostFacts, type SandboxSpec } from './containerSpec.js';

const host: HostFacts = {
  cgroupDriver: 'cgroupfs',
  cgroupVersion: 1,
  seccompProfile: '{"defaultAction":"SCMP_ACT_ERRNO"}',
  ownerId: 'executor-1:a1',
};
const spec: SandboxSpec = {
  sandboxId: '0123456789abcdef',
  installId: 'install',
  runtime: 'node',
  imageId: `sha256:${'a'.repeat(64)}`,
  bundleDir: '/var/lib/paddock/bundles/b',
  entry: 'dist/plugin.mjs',
  limits: DEFAULT_LIMITS,
};

describe('containerSpec', () => {
  it('is this and nothing else', () => {
    expect(containerSpec(spec, host)).toEqual({
      name: 'paddock-0123456789abcdef',
      Image: spec.imageId,
      Cmd: ['/usr/bin/node', '--max-old-space-size=80', '--max-semi-space-size=4', '/plugin/dist/plugin.mjs'],
      User: '65532:65532',
      Tty: false,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Env: ['PATH=/usr/bin'],
      WorkingDir: '/plugin',
      Labels: { paddock: 'sandbox', 'paddock.sandbox': '0123456789abcdef', 'paddock.owner': 'executor-1:a1' },
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        Privileged: false,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true', 'seccomp={"defaultAction":"SCMP_ACT_ERRNO"}'],
        Memory: 134217728,
        MemorySwap: 134217728,
        MemorySwappiness: 0,
        OomKillDisable: false,
        OomScoreAdj: 500,
        NanoCpus: 500000000,
        PidsLimit: 64,
        IpcMode: 'none',
        CgroupnsMode: 'private',
        CgroupParent: '/paddock/0123456789abcdef',
        Init: true,
        RestartPolicy: { Name: 'no' },
        AutoRemove: false,
        LogConfig: { Type: 'none', Config: {} },
        Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,size=16777216,nr_inodes=1024,mode=0700,uid=65532,gid=65532' },
        Mounts: [
          {
            Type: 'bind',
            Source: '/var/lib/paddock/bundles/b',
            Target: '/plugin',
            ReadOnly: true,
            BindOptions: { Propagation: 'rprivate' },
          },
        ],
        Ulimits: [
          { Name: 'core', Soft: 0, Hard: 0 },
          { Name: 'nofile', Soft: 256, Hard: 256 },
          { Name: 'fsize', Soft: 16777216, Hard: 16777216 },
        ],
        MaskedPaths: [
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
        ],
        ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
      },
    });
  });

  it('names a slice where systemd keeps the cgroups, and has no swappiness where cgroup v2 is', () => {
    const { HostConfig } = containerSpec(spec, { ...host, cgroupDriver: 'systemd', cgroupVersion: 2 });
    expect(HostConfig?.CgroupParent).toBe('paddock-0123456789abcdef.slice');
    expect(HostConfig).not.toHaveProperty('MemorySwappiness');
    expect(HostConfig?.MemorySwap).toBe(HostConfig?.Memory);
  });

  it('shows inputs read-only under /input', () => {
    const { HostConfig } = containerSpec({ ...spec, inputs: [{ hostPath: '/data/x', name: 'bundle.tgz' }] }, host);
    expect(HostConfig?.Mounts?.[1]).toEqual({
      Type: 'bind',
      Source: '/data/x',
      Target: '/input/bundle.tgz',
      ReadOnly: true,
      BindOptions: { Propagation: 'rprivate' },
    });
  });

  it('never lets anybody out of the user namespace', () => {
    expect(containerSpec(spec, host).HostConfig).not.toHaveProperty('UsernsMode');
  });

  const unsound: [string, Partial<SandboxSpec>][] = [
    ['an id that would make a path', { sandboxId: '../../escape' }],
    ['a tag in place of an image id', { imageId: 'paddock/runtime-node:latest' }],
    ['a relative bundle folder', { bundleDir: 'bundle' }],
    ['an entry outside the bundle', { entry: '../etc/passwd' }],
    ['an absolute entry', { entry: '/etc/passwd' }],
    ['an input with a path for a name', { inputs: [{ hostPath: '/x', name: '../plugin/x' }] }],
    ['an input that is hidden', { inputs: [{ hostPath: '/x', name: '.x' }] }],
    ['an input from a relative path', { inputs: [{ hostPath: 'x', name: 'x' }] }],
    [
      'two inputs of one name',
      {
        inputs: [
          { hostPath: '/x', name: 'a' },
          { hostPath: '/y', name: 'a' },
        ],
      },
    ],
  ];
  it.each(unsound)('refuses %s', (_name, change) => {
    expect(() => containerSpec({ ...spec, ...change }, host)).toThrow(expect.objectContaining({ code: 'internal' }));
  });
});
