/** A look at a host as a whole, for whoever wants to make it fit: engine, cgroup, runtimes, every control, and how to mend it. */
import { RUNTIMES, type Runtime } from '@paddock/contracts';
import Docker from 'dockerode';
import type { IsolationControl } from './controls.js';
import { openSandboxHost, type RuntimeImages, type SandboxHost, type SandboxHostOptions } from './host.js';
import type { IsolationReport } from './isolation.js';
import { mendingOf } from './mending.js';

export interface ExaminedControl extends IsolationControl {
  /** What to do about it, when it does not hold. */
  mending: string | null;
}

export interface Examination {
  engine: { version: string; storage: string; defaultRuntime: string; gvisorRuntime: string | null };
  cgroup: { version: 1 | 2; driver: string };
  kernel: string;
  /** The image of each runtime that was given and that the engine has. */
  runtimes: { runtime: Runtime; imageId: string | null }[];
  level: IsolationReport['level'];
  places: IsolationReport['places'];
  controls: ExaminedControl[];
}

export interface ExamineOptions extends Pick<SandboxHostOptions, 'seccompProfile' | 'apparmorProfile' | 'scratchDir'> {
  socketPath: string;
  images: Partial<RuntimeImages>;
  /** Tells this look's sandboxes from everybody else's; `<name>:<instance>`. */
  ownerId: string;
}

/** The name that gVisor's own documentation registers it under. */
const RUNSC = 'runsc';

/**
 * Examines a host, through real sandboxes, which are gone afterwards.
 * @returns what was found, and the host to go on with; no host where the runtime is missing that the probe needs
 * @throws PaddockError `sandbox_unavailable` when the engine does not answer; `isolation_insufficient` when it can't limit resources
 */
export async function examineHost(
  options: ExamineOptions,
): Promise<{ examination: Examination; host: SandboxHost | null }> {
  const docker = new Docker({ socketPath: options.socketPath });
  const { node = '', ...others } = options.images;
  const opening = { ...options, docker, images: { node, ...others } };
  // Opened before anything else is asked: it says properly that an engine does not answer.
  const there = await (await openSandboxHost(opening)).runtimes();
  const info = (await docker.info()) as EngineInfo;
  const gvisorRuntime = RUNSC in (info.Runtimes ?? {}) ? RUNSC : undefined;
  const host = there.includes('node') ? await openSandboxHost({ ...opening, gvisorRuntime }) : null;
  const report = (await host?.probeIsolation()) ?? NOTHING_PROBED;
  await host?.removeOrphans();
  const examination: Examination = {
    engine: {
      version: info.ServerVersion,
      storage: info.Driver,
      defaultRuntime: info.DefaultRuntime,
      gvisorRuntime: gvisorRuntime ?? null,
    },
    cgroup: { version: info.CgroupVersion === '2' ? 2 : 1, driver: info.CgroupDriver },
    kernel: info.KernelVersion,
    runtimes: RUNTIMES.map((runtime) => ({
      runtime,
      imageId: there.includes(runtime) ? (options.images[runtime] ?? null) : null,
    })),
    level: report.level,
    places: report.places,
    controls: report.controls.map((control) => ({ ...control, mending: control.held ? null : mendingOf(control) })),
  };
  return { examination, host };
}

interface EngineInfo {
  ServerVersion: string;
  Driver: string;
  DefaultRuntime: string;
  Runtimes?: Record<string, unknown>;
  CgroupVersion?: string;
  CgroupDriver: string;
  KernelVersion: string;
}

const NOTHING_PROBED: Pick<IsolationReport, 'level' | 'places' | 'controls'> = {
  level: 'refuse',
  places: [],
  controls: [
    {
      name: 'probe',
      kernel: 'host',
      neededFor: 'L1',
      held: false,
      detail: 'the engine has no image of the node runtime, in which the probe runs',
    },
  ],
};
