import { DEFAULT_LIMITS } from '@paddock/contracts';
import { describe, expect, it } from 'vitest';
import { containerSpec, gvisorSeccomp, type HostFacts, type SandboxSpec } from './containerSpec.js';

const host: HostFacts = {
  cgroupDriver: 'cgroupfs',
  cgroupVersion: 1,
  seccompProfile: '{"defaultAction":"SCMP_ACT_ERRNO"}',
  ownerId: 'executor-1:a1',
};
const spec: SandboxSpec = {
  sandboxId: '0123456789abcdef',
  runtime: 'node',
  imageId: `sha256:${'a'.repeat(64)}`,
  bundleDir: '/var/lib/paddock/bundles/b',
  entry: 'dist/plugin.mjs',
  limits: DEFAULT_LIMITS,
  lifeMs: 600_000,
};

describe('containerSpec', () => {
  it('is this and nothing else', () => {
    expect(containerSpec(spec, host)).toEqual({
      name: 'paddock-0123456789abcdef',
      Image: spec.imageId,
      Cmd: [
        '/usr/bin/paddock-entry',
        '--life-ms=600000',
        '--',
        '/usr/bin/node',
        '--max-old-space-size=80',
        '--max-semi-space-size=4',
        '/plugin/dist/plugin.mjs',
      ],
      User: '65532:65532',
      Tty: false,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Env: ['PATH=/usr/bin'],
      WorkingDir: '/plugin',
      NetworkDisabled: true,
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
        Init: false,
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
          '/dev/mqueue',
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

  it('names AppArmor’s profile where the host has ours loaded', () => {
    const { HostConfig } = containerSpec(spec, { ...host, apparmorProfile: 'paddock-sandbox' });
    expect(HostConfig?.SecurityOpt).toContain('apparmor=paddock-sandbox');
  });

  it('differs on gVisor in runtime, profile and the processes that gVisor itself needs, and in nothing else', () => {
    const gvisor = { runtime: 'runsc', seccompProfile: '{}' };
    const [shared, own] = [
      containerSpec(spec, host),
      containerSpec({ ...spec, kernel: 'gvisor' }, { ...host, gvisor }),
    ];
    expect(own).toEqual({
      ...shared,
      HostConfig: {
        ...shared.HostConfig,
        Runtime: 'runsc',
        PidsLimit: 192,
        SecurityOpt: ['no-new-privileges:true', 'seccomp={}'],
      },
    });
  });

  it('is never made for a gVisor that the host does not have', () => {
    expect(() => containerSpec({ ...spec, kernel: 'gvisor' }, host)).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });

  it('leaves to gVisor what our profile answers with ENOSYS, and changes nothing else of it', () => {
    const rule = { names: ['read'], action: 'SCMP_ACT_ALLOW' };
    const fallback = { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 };
    const profile = { defaultAction: 'SCMP_ACT_ERRNO', syscalls: [rule, fallback] };
    expect(JSON.parse(gvisorSeccomp(JSON.stringify(profile)))).toEqual({
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [rule, { names: ['clone3'], action: 'SCMP_ACT_ALLOW' }],
    });
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

  it('starts python and native entries by their own commands', () => {
    const commandOf = (change: Partial<SandboxSpec>) => containerSpec({ ...spec, ...change }, host).Cmd;
    const started = ['/usr/bin/paddock-entry', '--life-ms=600000', '--'];
    expect(commandOf({ runtime: 'python', entry: 'main.py' })).toEqual([
      ...started,
      ...['/usr/bin/python3', '-E', '-s', '-S', '-B', '-u', '/plugin/main.py'],
    ]);
    expect(commandOf({ runtime: 'native', entry: 'bin/plugin' })).toEqual([...started, '/plugin/bin/plugin']);
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
    ['no life', { lifeMs: 0 }],
    ['a life that is no number of milliseconds', { lifeMs: Number.NaN }],
    ['a life without end', { lifeMs: Number.POSITIVE_INFINITY }],
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
