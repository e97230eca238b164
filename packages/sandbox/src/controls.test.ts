import { describe, expect, it } from 'vitest';
import type { Kernel } from './containerSpec.js';
import { type HostProcess, insideControls, limitControls, strongerControls } from './controls.js';

const own = '65532\t65532\t65532\t65532';
const none = '0000000000000000';
const status = {
  Uid: own,
  Gid: own,
  Seccomp: '2',
  NoNewPrivs: '1',
  CapInh: none,
  CapPrm: none,
  CapEff: none,
  CapBnd: none,
  CapAmb: none,
};
const good = {
  status,
  interfaces: ['lo'],
  environment: ['HOME', 'HOSTNAME', 'PATH'],
  rootMount: ['ro', 'relatime'],
  bundleMount: ['ro'],
  rootWrite: 'EROFS',
  bundleWrite: 'EROFS',
  tmpBytes: 16 * 1024 * 1024,
  tcp: 'EPERM',
  udp: 'EPERM',
  setresuid: 'EPERM',
};
const lacking = (controls: readonly { name: string; held: boolean }[]) =>
  controls.flatMap((control) => (control.held ? [] : [control.name]));
const missing = (findings: Record<string, unknown>) => lacking(insideControls(findings, [], 'host'));

/** A process on the host, as it is with the engine's ids remapped. */
const remapped: HostProcess = {
  uidMap: '         0     231072      65536\n',
  status: 'Name:\tnode\nNoNewPrivs:\t1\nSeccomp:\t2\n',
  command: '/usr/bin/node\0',
};
const plain: HostProcess = { ...remapped, uidMap: '         0          0 4294967295\n' };
const sentry: HostProcess = { ...remapped, uidMap: '     65534      65534          1\n', command: 'runsc-sandbox\0' };
const gofer: HostProcess = { ...plain, command: 'runsc-gofer\0' };

describe('insideControls', () => {
  it('holds when everything does', () => {
    expect(missing(good)).toEqual([]);
  });

  const broken: [string, Record<string, unknown>][] = [
    ['seccomp', { status: { ...status, Seccomp: '0' } }],
    ['seccomp_forbidden_call', { setresuid: 'none' }],
    ['seccomp_inet_stream', { tcp: 'ECONNREFUSED' }],
    ['seccomp_inet_datagram', { udp: 'none' }],
    ['no_new_privileges', { status: { ...status, NoNewPrivs: '0' } }],
    ['no_capabilities', { status: { ...status, CapBnd: '00000000a80425fb' } }],
    ['user', { status: { ...status, Uid: '0\t0\t0\t0' } }],
    ['no_network', { interfaces: ['lo', 'eth0'] }],
    ['read_only_root', { rootMount: ['rw'], rootWrite: 'EACCES' }],
    ['read_only_bundle', { bundleWrite: 'none' }],
    ['tmp_size', { tmpBytes: 1e12 }],
    ['empty_environment', { environment: ['HOME', 'HOSTNAME', 'PATH', 'TOKEN'] }],
  ];
  it.each(broken)('misses %s', (name, change) => {
    expect(missing({ ...good, ...change })).toEqual([name]);
  });

  it('misses everything when nothing was found', () => {
    expect(missing({})).toHaveLength(insideControls({}, [], 'host').length);
  });

  it('takes gVisor’s words for what gVisor holds, and its processes’ on the host', () => {
    const itsStatus = { ...status, NoNewPrivs: undefined, CapAmb: undefined };
    const inside = { ...good, status: itsStatus, rootWrite: 'EACCES', bundleWrite: 'EACCES' };
    expect(lacking(insideControls(inside, [sentry, gofer], 'gvisor'))).toEqual([]);
    expect(lacking(insideControls(inside, [sentry, gofer], 'host'))).toContain('no_new_privileges');
    const free = { ...sentry, status: 'NoNewPrivs:\t0\n' };
    expect(lacking(insideControls(inside, [sentry, free], 'gvisor'))).toEqual(['no_new_privileges']);
    expect(lacking(insideControls(inside, [], 'gvisor'))).toEqual(['no_new_privileges']);
  });
});

describe('limitControls', () => {
  it('misses every limit that is not there', () => {
    const unlimited = {
      memoryBytes: undefined,
      swapBytes: undefined,
      pids: undefined,
      cpuMillis: undefined,
      processes: 0,
    };
    expect(limitControls(unlimited, 'host').filter((control) => control.held)).toEqual([]);
  });
});

describe('strongerControls', () => {
  const on = (kernel: Kernel, inside: Record<string, unknown>, ...processes: HostProcess[]) =>
    lacking(strongerControls(inside, processes, kernel, 'Linux version 6.18'));

  it.each([
    ['Landlock', { sysRead: 'EACCES' }],
    ['AppArmor', { sysRead: 'none', securityLabel: 'paddock-sandbox (enforce)\n' }],
    ['SELinux', { sysRead: 'none', securityLabel: 'system_u:system_r:container_t:s0:c1,c2' }],
  ])('finds a security module: %s', (_name, inside) => {
    expect(on('host', inside, remapped)).toEqual([]);
  });
  it.each([
    ['nothing', {}],
    ['an open /sys', { sysRead: 'none', securityLabel: '' }],
    ['no confinement', { sysRead: 'none', securityLabel: 'unconfined\n' }],
    ['a profile that only complains', { sysRead: 'none', securityLabel: 'paddock-sandbox (complain)' }],
    ['an SELinux domain without bounds', { sysRead: 'none', securityLabel: 'system_u:system_r:spc_t:s0' }],
  ])('is not content with %s', (_name, inside) => {
    expect(on('host', inside, remapped)).toEqual(['security_module']);
  });
  it('wants every process in a user namespace of its own', () => {
    const landlock = { sysRead: 'EACCES' };
    expect(on('host', landlock)).toEqual(['user_namespace']);
    expect(on('host', landlock, remapped, plain)).toEqual(['user_namespace']);
  });
  it('wants of gVisor another kernel, a user namespace, and filters; its file server runs none of the plugin', () => {
    const inside = { kernel: 'Linux version 4.4.0' };
    expect(on('gvisor', inside, sentry, gofer)).toEqual([]);
    expect(on('gvisor', { kernel: 'Linux version 6.18' }, sentry, gofer)).toEqual(['own_kernel']);
    expect(on('gvisor', inside, { ...sentry, uidMap: plain.uidMap }, gofer)).toEqual(['user_namespace']);
    expect(on('gvisor', inside, { ...sentry, status: 'NoNewPrivs:\t1\n' }, gofer)).toEqual(['confined_kernel']);
  });
});
