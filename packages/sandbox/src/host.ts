/**
 * The host of sandboxes: its engine, its facts, its orphans, and whether its isolation holds. It makes sandboxes and
 * runs nothing in them itself but the probe.
 */
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { PaddockError } from '@paddock/contracts';
import Docker from 'dockerode';
import { SandboxCgroup, sandboxIdsWithCgroup } from './cgroup.js';
import type { HostFacts, SandboxSpec } from './containerSpec.js';
import { type IsolationReport, probe } from './probe.js';
import { type Engine, removeContainer, Sandbox } from './sandbox.js';

export interface SandboxHostOptions {
  docker: Docker | Docker.DockerOptions;
  /** The seccomp profile, as JSON text. */
  seccompProfile: string;
  /** Image ids (`sha256:…`) by runtime. */
  images: { node: string };
  /**
   * `<executor>:<instance>`: the part before the last colon names this executor on its host, for good and for no other
   * process; the rest is new for each process. What the first part labels and this process did not make, is an orphan.
   */
  ownerId: string;
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
  const facts: HostFacts = {
    cgroupDriver,
    cgroupVersion: info.CgroupVersion === '2' ? 2 : 1,
    seccompProfile: options.seccompProfile,
    ownerId: options.ownerId,
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
    private readonly images: { node: string },
    private readonly scratchDir: string,
  ) {
    this.executor = executorOf(engine.facts.ownerId);
    this.idPrefix = createHash('sha256').update(this.executor).digest('hex').slice(0, 12);
  }

  /** Starts a sandbox for one install. @throws PaddockError `sandbox_unavailable` */
  start(spec: Omit<SandboxSpec, 'sandboxId' | 'imageId'>): Promise<Sandbox> {
    const sandboxId = `${this.idPrefix}${randomBytes(10).toString('hex')}`;
    return Sandbox.start(this.engine, { ...spec, sandboxId, imageId: this.images[spec.runtime] });
  }

  /** Tries out, through a real sandbox, whether every control holds. A host that can't even start one is refused. */
  probeIsolation(): Promise<IsolationReport> {
    return probe((spec) => this.start(spec), this.scratchDir);
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

const executorOf = (ownerId: string): string =>
  ownerId.includes(':') ? ownerId.slice(0, ownerId.lastIndexOf(':')) : ownerId;
