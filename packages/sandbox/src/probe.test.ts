import { describe, expect, it } from 'vitest';
import { insideControls, limitControls } from './probe.js';

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
const missing = (findings: Record<string, unknown>) =>
  insideControls(findings).flatMap((control) => (control.held ? [] : [control.name]));

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
    expect(missing({})).toHaveLength(insideControls({}).length);
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
    expect(limitControls(unlimited).filter((control) => control.held)).toEqual([]);
  });
});
