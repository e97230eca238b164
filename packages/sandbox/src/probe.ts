/**
 * Whether the isolation holds, judged by behaviour: a probe runs in a sandbox like any plugin's and tries what must
 * fail, and the host reads the limits that the kernel enforces. Nothing is believed because of a version number.
 */
import { chmod, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LIMITS, ERRORS, PaddockError } from '@paddock/contracts';
import type { Kernel, SandboxSpec } from './containerSpec.js';
import { control, controlsOf, type HostProcess, type IsolationControl } from './controls.js';
import { FrameDecoder, LineSplitter, STDOUT } from './frames.js';
import { isObject, parseJson } from './messages.js';
import { packageFile } from './packageFile.js';
import type { Sandbox } from './sandbox.js';

const PROBE_TIMEOUT_MS = 20_000;
const PROBE = packageFile('probe/probe.mjs');

type StartSandbox = (spec: Omit<SandboxSpec, 'sandboxId' | 'imageId'>) => Promise<Sandbox>;

/** Runs the probe on one kernel. A probe that does not come to its end is a control that is missing, not an error. */
export async function probe(start: StartSandbox, scratchDir: string, kernel: Kernel): Promise<IsolationControl[]> {
  const controls: IsolationControl[] = [];
  const bundleDir = await mkdtemp(join(scratchDir, 'paddock-probe-'));
  let sandbox: Sandbox | undefined;
  try {
    await copyFile(PROBE, join(bundleDir, 'probe.mjs'));
    await chmod(bundleDir, 0o755);
    await chmod(join(bundleDir, 'probe.mjs'), 0o644);
    sandbox = await start({
      runtime: 'node',
      kernel,
      bundleDir,
      entry: 'probe.mjs',
      limits: DEFAULT_LIMITS,
      lifeMs: 2 * PROBE_TIMEOUT_MS,
    });
    const { cgroup } = sandbox;
    controls.push(
      ...controlsOf({
        kernel,
        inside: await firstLine(sandbox),
        limits: cgroup.limits(),
        processes: await Promise.all(cgroup.processes().map(hostProcess)),
        hostKernel: await readFile('/proc/version', 'utf8'),
        usage: { cpuUs: cgroup.cpuUs(), peakBytes: cgroup.peakBytes() },
      }),
    );
  } catch (error) {
    controls.push({ ...control('probe', false, reasonOf(error)), kernel });
  } finally {
    try {
      await sandbox?.destroy();
    } catch (error) {
      controls.push({ ...control('removal', false, reasonOf(error)), kernel });
    }
    await rm(bundleDir, { recursive: true, force: true });
  }
  return controls;
}

async function hostProcess(pid: number): Promise<HostProcess> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8');
  const [uidMap, status, command] = await Promise.all([read('uid_map'), read('status'), read('cmdline')]);
  return { uidMap, status, command };
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

function reasonOf(error: unknown): string {
  const cause = error instanceof PaddockError ? (error.cause ?? ERRORS[error.code].title) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
