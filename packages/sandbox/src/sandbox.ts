/**
 * One container from its creation to its removal: bytes in, bytes out, how it ended. It knows no protocol, and it never
 * executes anything inside a container or copies anything into it: a sandbox is only started, written to, and killed.
 */
import type { Socket } from 'node:net';
import { PaddockError } from '@paddock/contracts';
import type Docker from 'dockerode';
import { SandboxCgroup } from './cgroup.js';
import { containerSpec, type HostFacts, type SandboxSpec } from './containerSpec.js';

/** What a sandbox needs of the host that makes it. */
export interface Engine {
  docker: Docker;
  facts: HostFacts;
  cgroupRoot: string;
  /** The ids of the sandboxes of this process; whatever else bears our owner's label is an orphan. */
  live: Set<string>;
}

export interface Exit {
  code: number;
  /** Whether the kernel killed a process of the container for memory, as the engine saw it. */
  outOfMemory: boolean;
}

/** Where a sandbox's bytes and its end go. None of them may throw. */
export interface SandboxListener {
  data(chunk: Buffer): void;
  /** The bytes written so far have left. */
  drain(): void;
  /** Nothing more comes: the container is dead, or the engine is. */
  ended(): void;
}

/** Longer than any healthy engine takes for one request. */
const ENGINE_TIMEOUT_MS = 30_000;

export class Sandbox {
  private listener: SandboxListener | undefined;
  private hasEnded = false;
  private exiting: Promise<Exit> | undefined;
  private destroying: Promise<void> | undefined;
  /** Resolves when nothing more comes from the container. */
  readonly end: Promise<void>;

  private constructor(
    private readonly engine: Engine,
    readonly id: string,
    private readonly container: Docker.Container,
    private readonly socket: Socket,
    readonly cgroup: SandboxCgroup,
  ) {
    this.end = new Promise((resolve) => {
      const end = () => {
        if (this.hasEnded) return;
        this.hasEnded = true;
        resolve();
        this.listener?.ended();
      };
      socket.on('end', end).on('close', end).on('error', end);
    });
    socket.on('drain', () => this.listener?.drain());
  }

  /**
   * Creates a container, attaches to it and starts it, in this order, so that no byte is lost.
   * @throws PaddockError `sandbox_unavailable` when the engine can't; then nothing is left behind that
   * `removeOrphans` would not find.
   */
  static async start(engine: Engine, spec: SandboxSpec): Promise<Sandbox> {
    const options = containerSpec(spec, engine.facts);
    const cgroup = new SandboxCgroup(engine.facts, engine.cgroupRoot, spec.sandboxId);
    engine.live.add(spec.sandboxId);
    try {
      const container = await answered(engine.docker.createContainer(options));
      const attached = await answered(
        container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true }),
      );
      // With `hijack` the engine's client hands out the connection itself, typed as the widest thing it may be.
      const sandbox = new Sandbox(engine, spec.sandboxId, container, attached as Socket, cgroup);
      await answered(container.start());
      return sandbox;
    } catch (error) {
      await removeContainer(engine, spec.sandboxId, cgroup).catch(() => {});
      throw new PaddockError('sandbox_unavailable', undefined, { cause: error });
    }
  }

  /** Begins to read. Call it once; until then the engine holds the plugin's output back. */
  listen(listener: SandboxListener): void {
    this.listener = listener;
    this.socket.on('data', (chunk: Buffer) => listener.data(chunk));
    if (this.hasEnded) listener.ended();
  }

  write(text: string): void {
    if (!this.hasEnded && this.socket.writable) this.socket.write(text);
  }

  /** Bytes that were written and that the plugin has not taken. */
  get unwrittenBytes(): number {
    return this.socket.writableLength;
  }

  /** Stops reading: the engine's buffers fill, and then the plugin's writes block. */
  pause(): void {
    this.socket.pause();
  }
  resume(): void {
    this.socket.resume();
  }

  /** Kills every process with SIGKILL and waits for the end. @throws PaddockError `sandbox_unavailable` when the engine can't. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    // The end is only seen by reading.
    this.socket.resume();
    await answered(
      this.container.kill({ signal: 'SIGKILL' }).catch((error: unknown) => {
        if (![404, 409].includes(statusOf(error))) throw error;
      }),
    ).catch(unavailable);
    await answered(this.end).catch(unavailable);
  }

  /** How the container ended; call it after {@link end}. @throws PaddockError `sandbox_unavailable` when the engine can't say. */
  exit(): Promise<Exit> {
    this.exiting ??= (async () => {
      const { StatusCode: code } = (await answered(this.container.wait())) as { StatusCode: number };
      const { State: state } = await answered(this.container.inspect());
      return { code, outOfMemory: state.OOMKilled };
    })().catch(unavailable);
    return this.exiting;
  }

  /** Kills and removes the container and its cgroup folders. Safe to call more than once. */
  destroy(): Promise<void> {
    this.destroying ??= removeContainer(this.engine, this.id, this.cgroup).finally(() => this.socket.destroy());
    return this.destroying;
  }
}

/** Removes what may be there of a sandbox, by its name: after a failed creation its container's id is not known. */
export async function removeContainer(engine: Engine, sandboxId: string, cgroup: SandboxCgroup): Promise<void> {
  try {
    const container = engine.docker.getContainer(`paddock-${sandboxId}`);
    await answered(
      container.remove({ force: true, v: true }).catch((error: unknown) => {
        // 404: gone already. 409: somebody else's removal is under way, and the cgroup's removal waits for it.
        if (![404, 409].includes(statusOf(error))) throw error;
      }),
    );
    await cgroup.remove();
  } finally {
    cgroup.close();
    // What could not be removed is an orphan from now on.
    engine.live.delete(sandboxId);
  }
}

const statusOf = (error: unknown): number => (error as { statusCode?: number }).statusCode ?? 0;

const unavailable = (cause: unknown): never => {
  throw cause instanceof PaddockError ? cause : new PaddockError('sandbox_unavailable', undefined, { cause });
};

/** The promise's value, or an error when the engine takes too long. */
async function answered<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the engine did not answer in time')), ENGINE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
