/**
 * The host of sandboxes: its engine, its facts, its orphans, and whether its isolation holds. It makes sandboxes and
 * runs nothing in them itself but the probe.
 */
import { createHash, randomBytes } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { PaddockError, RUNTIMES, type Runtime } from '@paddock/contracts';
import Docker from 'dockerode';
import { SandboxCgroup, sandboxIdsWithCgroup } from './cgroup.js';
import { gvisorSeccomp, type HostFacts, type SandboxSpec } from './containerSpec.js';
import { HostIsolation, type IsolationReport, reportOf } from './isolation.js';
import { probe } from './probe.js';
import { type Engine, removeContainer, Sandbox } from './sandbox.js';

/** Image ids (`sha256:…`) by runtime. The isolation probe runs in `node`; the others may be missing. */
export type RuntimeImages = { readonly node: string } & { readonly [runtime in Runtime]?: string | undefined };

export interface SandboxHostOptions {
  docker: Docker | Docker.DockerOptions;
  /** The seccomp profile, as JSON text. */
  seccompProfile: string;
  images: RuntimeImages;
  /**
   * `<executor>:<instance>`: the part before the last colon names this executor on its host, for good and for no other
   * process; the rest is new for each process. What the first part labels and this process did not make, is an orphan.
   */
  ownerId: string;
  /** The name under which gVisor's `runsc` is registered with the engine; without it, the host has no L3. */
  gvisorRuntime?: string | undefined;
  /** An AppArmor profile that is loaded in the engine's kernel; without it, the engine's own is used where there is AppArmor. */
  apparmorProfile?: string | undefined;
  /** Where the cgroup file systems are mounted; `/sys/fs/cgroup` if absent. */
  cgroupRoot?: string;
  /** A folder that the engine's host sees under the same path, for the probe's bundle; the system's temporary folder if absent. */
  scratchDir?: string;
}

/** Reads what the engine says of its host, and gives the host of its sandboxes. @throws PaddockError `sandbox_unavailable`, `isolation_insufficient` */
export async function openSandboxHost(options: SandboxHostOptions): Promise<SandboxHost> {
  const docker = 'modem' in options.docker ? options.docker : new Docker(options.docker);
  const info = (await docker.info().catch((cause: unknown) => {
    throw new PaddockError('sandbox_unavailable', undefined, { cause });
  })) as { CgroupDriver?: string; CgroupVersion?: string };
  const { CgroupDriver: cgroupDriver } = info;
  if (cgroupDriver !== 'cgroupfs' && cgroupDriver !== 'systemd')
    throw new PaddockError('isolation_insufficient', 'The engine can’t limit resources.');
  const { gvisorRuntime, apparmorProfile } = options;
  const facts: HostFacts = {
    cgroupDriver,
    cgroupVersion: info.CgroupVersion === '2' ? 2 : 1,
    seccompProfile: options.seccompProfile,
    ownerId: options.ownerId,
    ...(apparmorProfile === undefined ? {} : { apparmorProfile }),
    ...(gvisorRuntime === undefined
      ? {}
      : { gvisor: { runtime: gvisorRuntime, seccompProfile: gvisorSeccomp(options.seccompProfile) } }),
  };
  const engine: Engine = { docker, facts, cgroupRoot: options.cgroupRoot ?? '/sys/fs/cgroup', live: new Set() };
  return new SandboxHost(engine, options.images, options.scratchDir ?? tmpdir());
}

export class SandboxHost {
  /** The part of the owner's id that outlives a process. */
  private readonly executor: string;
  /** The same, short enough to stand in every sandbox's id, so that a cgroup without a container can be told from others'. */
  private readonly idPrefix: string;

  constructor(
    private readonly engine: Engine,
    private readonly images: RuntimeImages,
    private readonly scratchDir: string,
  ) {
    this.executor = executorOf(engine.facts.ownerId);
    this.idPrefix = createHash('sha256').update(this.executor).digest('hex').slice(0, 12);
  }

  /** Which runtimes can be run here: those whose image is named and in the engine. @throws PaddockError `sandbox_unavailable` */
  async runtimes(): Promise<Runtime[]> {
    const found = await Promise.all(RUNTIMES.map((runtime) => this.hasImage(this.images[runtime])));
    return RUNTIMES.filter((_, index) => found[index]);
  }

  private async hasImage(imageId: string | undefined): Promise<boolean> {
    if (!imageId) return false;
    try {
      await this.engine.docker.getImage(imageId).inspect();
      return true;
    } catch (cause) {
      if ((cause as { statusCode?: number }).statusCode === 404) return false;
      throw new PaddockError('sandbox_unavailable', undefined, { cause });
    }
  }

  /** Starts a sandbox for one install. @throws PaddockError `sandbox_unavailable`, `no_eligible_executor` */
  async start(spec: Omit<SandboxSpec, 'sandboxId' | 'imageId'>): Promise<Sandbox> {
    const imageId = this.images[spec.runtime];
    if (imageId === undefined)
      throw new PaddockError('no_eligible_executor', `There is no runtime ${spec.runtime} here.`);
    const sandboxId = `${this.idPrefix}${randomBytes(10).toString('hex')}`;
    return Sandbox.start(this.engine, { ...spec, sandboxId, imageId });
  }

  /** Tries out, through real sandboxes, which controls hold. A host that can't even start one is refused. */
  async probeIsolation(): Promise<IsolationReport> {
    const kernels = this.engine.facts.gvisor === undefined ? (['host'] as const) : (['host', 'gvisor'] as const);
    const controls = await Promise.all(
      kernels.map((kernel) => probe((spec) => this.start(spec), this.scratchDir, kernel)),
    );
    return reportOf(controls.flat());
  }

  /**
   * Kills and removes what earlier processes of this executor left: containers and cgroup folders. Answers how many
   * sandboxes that were. @throws PaddockError `sandbox_unavailable` when the engine can't be asked or can't remove one.
   */
  async removeOrphans(): Promise<number> {
    const { docker, facts, cgroupRoot, live } = this.engine;
    try {
      const containers = await docker.listContainers({ all: true, filters: { label: ['paddock=sandbox'] } });
      const labelled = containers
        .filter((container) => executorOf(container.Labels['paddock.owner'] ?? '') === this.executor)
        .map((container) => container.Labels['paddock.sandbox'] ?? '');
      const folders = [...(await sandboxIdsWithCgroup(facts, cgroupRoot))].filter((id) => id.startsWith(this.idPrefix));
      const orphans = [...new Set([...labelled, ...folders])].filter(
        (id) => /^[a-z0-9]{8,40}$/.test(id) && !live.has(id),
      );
      for (const id of orphans) await removeContainer(this.engine, id, new SandboxCgroup(facts, cgroupRoot, id));
      return orphans.length;
    } catch (cause) {
      throw new PaddockError('sandbox_unavailable', undefined, { cause });
    }
  }
}

/**
 * The owner of a process's sandboxes. The folder tells several of that name on one host apart; the instance is new for
 * each process.
 */
export function sandboxOwner(name: string, folder: string, instance: string): string {
  const place = createHash('sha256').update(`${hostname()}\0${folder}`).digest('hex').slice(0, 12);
  return `${name}-${place}:${instance}`;
}

/**
 * Opens a host of sandboxes that is fit to be used: what an earlier process left is removed, and its isolation is proven.
 * @throws PaddockError `sandbox_unavailable`; `isolation_insufficient` that names the missing controls
 */
export async function openProvenHost(
  options: SandboxHostOptions,
): Promise<{ host: SandboxHost; isolation: HostIsolation; orphans: number }> {
  const host = await openSandboxHost(options);
  const orphans = await host.removeOrphans();
  return { host, isolation: await HostIsolation.prove(() => host.probeIsolation()), orphans };
}

const executorOf = (ownerId: string): string =>
  ownerId.includes(':') ? ownerId.slice(0, ownerId.lastIndexOf(':')) : ownerId;
