/**
 * Whether the isolation holds, judged by behaviour: a probe runs in a sandbox like any plugin's and tries what must
 * fail, and the host reads the limits that the kernel enforces. Nothing is believed because of a version number.
 */
import { chmod, copyFile, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS, ERRORS, PaddockError } from '@paddock/contracts';
import type { CgroupLimits } from './cgroup.js';
import type { SandboxSpec } from './containerSpec.js';
import { FrameDecoder, LineSplitter, STDOUT } from './frames.js';
import { isObject, parseJson } from './messages.js';
import type { Sandbox } from './sandbox.js';

export interface IsolationControl {
  name: string;
  held: boolean;
  /** What was found, for whoever operates the host. */
  detail: string;
}
export interface IsolationReport {
  /** `refuse`: at least one control is missing, and nothing may run here. */
  level: 'refuse' | 'L1';
  controls: IsolationControl[];
  /** Milliseconds since the epoch. */
  at: number;
}

const PROBE_TIMEOUT_MS = 20_000;
const PROBE = fileURLToPath(new URL('../probe/probe.mjs', import.meta.url));
const NO_CAPABILITY = '0000000000000000';

type StartSandbox = (spec: Omit<SandboxSpec, 'sandboxId' | 'imageId'>) => Promise<Sandbox>;

/** Runs the probe. A probe that does not come to its end is a report that refuses, not an error. */
export async function probe(start: StartSandbox, scratchDir: string): Promise<IsolationReport> {
  const controls: IsolationControl[] = [];
  const bundleDir = await mkdtemp(join(scratchDir, 'paddock-probe-'));
  let sandbox: Sandbox | undefined;
  try {
    await copyFile(PROBE, join(bundleDir, 'probe.mjs'));
    await chmod(bundleDir, 0o755);
    await chmod(join(bundleDir, 'probe.mjs'), 0o644);
    sandbox = await start({
      installId: 'probe',
      runtime: 'node',
      bundleDir,
      entry: 'probe.mjs',
      limits: DEFAULT_LIMITS,
    });
    const findings = await firstLine(sandbox);
    controls.push(...insideControls(findings), ...limitControls(sandbox.cgroup.limits()));
    controls.push(
      control('accounting', sandbox.cgroup.cpuUs() > 0 && sandbox.cgroup.peakBytes() > 0, 'CPU time and peak memory'),
    );
  } catch (error) {
    controls.push(control('probe', false, reasonOf(error)));
  } finally {
    try {
      await sandbox?.destroy();
    } catch (error) {
      controls.push(control('removal', false, reasonOf(error)));
    }
    await rm(bundleDir, { recursive: true, force: true });
  }
  return {
    level: controls.length > 0 && controls.every((one) => one.held) ? 'L1' : 'refuse',
    controls,
    at: Date.now(),
  };
}

/** What the probe must have found from inside. Absence is failure: each check needs the value that it wants. */
export function insideControls(findings: Record<string, unknown>): IsolationControl[] {
  const status = isObject(findings['status']) ? findings['status'] : {};
  const capabilities = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((set) => status[set]);
  const ids = [status['Uid'], status['Gid']];
  const own = '65532\t65532\t65532\t65532';
  const refused = (name: string, key: string, code: string) =>
    control(name, findings[key] === code, `${key}: ${text(findings[key])}`);
  const readOnly = (key: string) => Array.isArray(findings[key]) && findings[key].includes('ro');
  return [
    control('seccomp', status['Seccomp'] === '2', `mode ${text(status['Seccomp'])}`),
    refused('seccomp_forbidden_call', 'setresuid', 'EPERM'),
    refused('seccomp_inet_stream', 'tcp', 'EPERM'),
    refused('seccomp_inet_datagram', 'udp', 'EPERM'),
    control('no_new_privileges', status['NoNewPrivs'] === '1', text(status['NoNewPrivs'])),
    control(
      'no_capabilities',
      capabilities.every((set) => set === NO_CAPABILITY),
      capabilities.map(text).join(' '),
    ),
    control(
      'user',
      ids.every((id) => id === own),
      ids.map(text).join(' / '),
    ),
    control('no_network', JSON.stringify(findings['interfaces']) === '["lo"]', text(findings['interfaces'])),
    control('read_only_root', readOnly('rootMount') && findings['rootWrite'] === 'EROFS', text(findings['rootWrite'])),
    control(
      'read_only_bundle',
      readOnly('bundleMount') && findings['bundleWrite'] === 'EROFS',
      text(findings['bundleWrite']),
    ),
    control('tmp_size', findings['tmpBytes'] === DEFAULT_LIMITS.tmpBytes, `${text(findings['tmpBytes'])} bytes`),
    control(
      'empty_environment',
      JSON.stringify(findings['environment']) === '["HOME","HOSTNAME","PATH"]',
      text(findings['environment']),
    ),
  ];
}

/** What the kernel must enforce for the probe's limits. */
export function limitControls(limits: CgroupLimits): IsolationControl[] {
  const want = DEFAULT_LIMITS;
  return [
    control('cgroup_member', limits.processes > 0, `${limits.processes} processes`),
    control('memory_limit', limits.memoryBytes === want.memoryBytes, `${text(limits.memoryBytes)} bytes`),
    control('no_swap', limits.swapBytes === 0, `${text(limits.swapBytes)} bytes`),
    control('pids_limit', limits.pids === want.pids, text(limits.pids)),
    control('cpu_limit', limits.cpuMillis === want.cpuMillis, `${text(limits.cpuMillis)} thousandths of a core`),
  ];
}

/** The probe's one line, as JSON. */
function firstLine(sandbox: Sandbox): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the probe said nothing in time')), PROBE_TIMEOUT_MS);
    const done = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    let stderr = '';
    const lines = new LineSplitter(65_536, 'refuse', (line) => {
      const findings = parseJson(line);
      done(() => (isObject(findings) ? resolve(findings) : reject(new Error('the probe’s line is not JSON'))));
    });
    const frames = new FrameDecoder((stream, bytes) => {
      if (stream === STDOUT) lines.push(bytes);
      else stderr = (stderr + bytes.toString('utf8')).slice(0, 500);
    });
    sandbox.listen({
      data: (chunk) => frames.push(chunk),
      drain: () => {},
      ended: () => done(() => reject(new Error(`the probe ended early: ${stderr}`))),
    });
  });
}

const control = (name: string, held: boolean, detail: string): IsolationControl => ({
  name,
  held,
  detail: detail.slice(0, 500),
});
const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none'));

function reasonOf(error: unknown): string {
  const cause = error instanceof PaddockError ? (error.cause ?? ERRORS[error.code].title) : error;
  return cause instanceof Error ? cause.message : text(cause);
}
