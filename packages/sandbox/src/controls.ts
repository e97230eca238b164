/**
 * What the probe must have found for each control of the isolation. Pure: findings go in, controls come out. Absence is
 * failure: each check needs the value that it wants.
 */
import { DEFAULT_LIMITS, type IsolationLevel } from '@paddock/contracts';
import type { CgroupLimits } from './cgroup.js';
import { type Kernel, pidsLimit } from './containerSpec.js';
import { isObject } from './messages.js';

export interface IsolationControl {
  name: string;
  /** Whose kernel the probe ran on; a host with gVisor is probed on both. */
  kernel: Kernel;
  /** The weakest level that it is needed for. */
  neededFor: IsolationLevel;
  held: boolean;
  /** What was found, for whoever operates the host. */
  detail: string;
}

/** A process of a sandbox as its host's /proc shows it. */
export interface HostProcess {
  /** `/proc/<pid>/uid_map`: which ids inside are which outside. */
  uidMap: string;
  status: string;
  command: string;
}

/** What one run of the probe has brought. */
export interface ProbeFindings {
  kernel: Kernel;
  /** What the probe found from inside. */
  inside: Record<string, unknown>;
  limits: CgroupLimits;
  processes: readonly HostProcess[];
  /** `/proc/version` of the host. */
  hostKernel: string;
  usage: { cpuUs: number; peakBytes: number };
}

type Judged = Omit<IsolationControl, 'kernel'>;

/** All controls that the findings speak of. */
export function controlsOf(findings: ProbeFindings): IsolationControl[] {
  const { kernel, inside, limits, processes, hostKernel, usage } = findings;
  const judged = [
    ...insideControls(inside, processes, kernel),
    ...limitControls(limits, kernel),
    control('accounting', usage.cpuUs > 0 && usage.peakBytes > 0, 'CPU time and peak memory'),
    ...strongerControls(inside, processes, kernel, hostKernel),
  ];
  return judged.map((one) => ({ ...one, kernel }));
}

/** What holds a plugin, as it looks from inside. On gVisor the kernel inside is not the host's, and has words of its own. */
export function insideControls(
  inside: Record<string, unknown>,
  processes: readonly HostProcess[],
  kernel: Kernel,
): Judged[] {
  const status = isObject(inside['status']) ? inside['status'] : {};
  // gVisor's kernel has no ambient capabilities, and so no line for them.
  const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', ...(kernel === 'gvisor' ? [] : ['CapAmb'])];
  const capabilities = sets.map((set) => status[set]);
  const ids = [status['Uid'], status['Gid']];
  const refused = (name: string, key: string, code: string) =>
    control(name, inside[key] === code, `${key}: ${text(inside[key])}`);
  // gVisor looks at the mode of a folder before it looks at the mount.
  const unwritable = kernel === 'gvisor' ? ['EROFS', 'EACCES'] : ['EROFS'];
  const readOnly = (name: string, mount: string, write: string) =>
    control(
      name,
      Array.isArray(inside[mount]) && inside[mount].includes('ro') && unwritable.includes(text(inside[write])),
      text(inside[write]),
    );
  // gVisor says nothing of it inside; there it is its own processes on the host that must not gain any.
  const noNewPrivileges =
    kernel === 'gvisor' ? everyStatus(processes, 'NoNewPrivs', '1') : status['NoNewPrivs'] === '1';
  return [
    control('seccomp', status['Seccomp'] === '2', `mode ${text(status['Seccomp'])}`),
    refused('seccomp_forbidden_call', 'setresuid', 'EPERM'),
    refused('seccomp_inet_stream', 'tcp', 'EPERM'),
    refused('seccomp_inet_datagram', 'udp', 'EPERM'),
    control('no_new_privileges', noNewPrivileges, noNewPrivileges ? 'set' : 'not set'),
    control(
      'no_capabilities',
      capabilities.every((set) => set === '0000000000000000'),
      capabilities.map(text).join(' '),
    ),
    control(
      'user',
      ids.every((id) => id === '65532\t65532\t65532\t65532'),
      ids.map(text).join(' / '),
    ),
    control('no_network', JSON.stringify(inside['interfaces']) === '["lo"]', text(inside['interfaces'])),
    readOnly('read_only_root', 'rootMount', 'rootWrite'),
    readOnly('read_only_bundle', 'bundleMount', 'bundleWrite'),
    control('tmp_size', inside['tmpBytes'] === DEFAULT_LIMITS.tmpBytes, `${text(inside['tmpBytes'])} bytes`),
    control(
      'empty_environment',
      JSON.stringify(inside['environment']) === '["HOME","HOSTNAME","PATH"]',
      text(inside['environment']),
    ),
  ];
}

/** What the host's kernel must enforce for the probe's limits. */
export function limitControls(limits: CgroupLimits, kernel: Kernel): Judged[] {
  const want = DEFAULT_LIMITS;
  return [
    control('cgroup_member', limits.processes > 0, `${limits.processes} processes`),
    control('memory_limit', limits.memoryBytes === want.memoryBytes, `${text(limits.memoryBytes)} bytes`),
    control('no_swap', limits.swapBytes === 0, `${text(limits.swapBytes)} bytes`),
    control('pids_limit', limits.pids === pidsLimit(want, kernel), text(limits.pids)),
    control('cpu_limit', limits.cpuMillis === want.cpuMillis, `${text(limits.cpuMillis)} thousandths of a core`),
  ];
}

/** What L2 and L3 need beyond L1. */
export function strongerControls(
  inside: Record<string, unknown>,
  processes: readonly HostProcess[],
  kernel: Kernel,
  hostKernel: string,
): Judged[] {
  // gVisor's file server holds the bundle and the image; the plugin's code never runs in it.
  const exposed = processes.filter(({ command }) => !(kernel === 'gvisor' && command.startsWith('runsc-gofer')));
  const userNamespace = control(
    'user_namespace',
    exposed.length > 0 && exposed.every(({ uidMap }) => isMapped(uidMap)),
    [...new Set(exposed.map(({ uidMap }) => uidMap.trim().replace(/\s+/g, ' ')))].join('; '),
    kernel === 'gvisor' ? 'L3' : 'L2',
  );
  if (kernel === 'gvisor') {
    const own = typeof inside['kernel'] === 'string' && inside['kernel'] !== '' && inside['kernel'] !== hostKernel;
    const confined = everyStatus(processes, 'Seccomp', '2');
    return [
      userNamespace,
      control('own_kernel', own, `${text(inside['kernel'])}`, 'L3'),
      control('confined_kernel', confined, confined ? 'each of its processes has a seccomp filter' : 'no filter', 'L3'),
    ];
  }
  const module = /^(\S.*) \(enforce\)$/.exec(text(inside['securityLabel']).trim())?.[1];
  const selinux = /^\S+:\S+:(?!unconfined_t|spc_t)\S+_t:\S+$/.test(text(inside['securityLabel']).trim());
  const landlock = inside['sysRead'] === 'EACCES';
  const found = [...(module === undefined ? [] : [`AppArmor ${module}`]), ...(selinux ? ['SELinux'] : [])];
  const modules = [...found, ...(landlock ? ['Landlock'] : [])];
  return [userNamespace, control('security_module', modules.length > 0, modules.join(', ') || 'none', 'L2')];
}

/** Whether the process's user ids, root's above all, are others outside. */
function isMapped(uidMap: string): boolean {
  const ranges = uidMap
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  // gVisor maps `nobody` to itself and nothing else, which leaves the namespace's root without any id outside.
  return ranges.every(
    ([inside = 0, outside = 0, count = 0]) => count > 0 && (inside !== outside || (inside !== 0 && count === 1)),
  );
}

const everyStatus = (processes: readonly HostProcess[], field: string, value: string): boolean =>
  processes.length > 0 && processes.every(({ status }) => new RegExp(`^${field}:\\s*${value}$`, 'm').test(status));

export const control = (name: string, held: boolean, detail: string, neededFor: IsolationLevel = 'L1'): Judged => ({
  name,
  neededFor,
  held,
  detail: detail.trim().replace(/\s+/g, ' ').slice(0, 500),
});

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none'));
