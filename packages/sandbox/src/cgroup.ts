/**
 * A sandbox's own cgroup, by the files of cgroup v1 or v2: what it used, what killed it, what limits hold.
 * Sources: the kernel's admin-guide/cgroup-v1/{memory,cpuacct}.rst and admin-guide/cgroup-v2.rst.
 * The reads are synchronous: these files are answered from memory, and a thread's round trip would cost more than they do.
 */
import { closeSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cgroupParent, type HostFacts } from './containerSpec.js';

type CgroupFacts = Pick<HostFacts, 'cgroupDriver' | 'cgroupVersion'>;

/** What the kernel enforces, as its files say. `undefined` is no limit, or no such controller. */
export interface CgroupLimits {
  memoryBytes: number | undefined;
  /** How much swap may be used on top of memory. */
  swapBytes: number | undefined;
  pids: number | undefined;
  /** Thousandths of a core. */
  cpuMillis: number | undefined;
  /** How many processes are in the container's cgroup just now. */
  processes: number;
}

export class SandboxCgroup {
  private readonly parent: string;
  /** The files that were read, by what they were asked for as. They are read in every run, and to open them costs most. */
  private readonly opened = new Map<string, number>();
  /** The container's own cgroup, the same in every hierarchy, once it is known; there is one, and nobody inside can make more. */
  private containers: string[] = [];

  constructor(
    private readonly facts: CgroupFacts,
    private readonly root: string,
    sandboxId: string,
  ) {
    this.parent = parentPath(facts, sandboxId);
  }

  /** CPU time of all processes that were ever in the sandbox, in microseconds. */
  cpuUs(): number {
    if (this.facts.cgroupVersion === 1) return Math.round(this.number('cpuacct', 'cpuacct.usage') / 1000);
    return keyed(this.text('', 'cpu.stat') ?? '', 'usage_usec');
  }

  /** Highest memory use since the last {@link resetPeak}, or of the sandbox's life where the kernel can't reset it; in bytes. */
  peakBytes(): number {
    if (this.facts.cgroupVersion === 1) return this.number('memory', 'memory.max_usage_in_bytes');
    // memory.peak is there from Linux 5.19.
    return this.number('', this.text('', 'memory.peak') === undefined ? 'memory.current' : 'memory.peak');
  }

  /** Memory use just now, in bytes: what is counted against the limit. */
  memoryBytes(): number {
    return this.facts.cgroupVersion === 1
      ? this.number('memory', 'memory.usage_in_bytes')
      : this.number('', 'memory.current');
  }

  /**
   * Bytes that went to and from block devices. Zeros where the kernel doesn't count them: on v1 it mostly counts only
   * devices that some rule throttles, on v2 it needs the controller `io`, which Docker turns on.
   */
  io(): { readBytes: number; writeBytes: number } {
    const v1 = this.facts.cgroupVersion === 1;
    const text = v1 ? this.text('blkio', 'blkio.throttle.io_service_bytes_recursive') : this.text('', 'io.stat');
    const [read, write] = v1 ? [/ Read (\d+)$/gm, / Write (\d+)$/gm] : [/\brbytes=(\d+)/g, /\bwbytes=(\d+)/g];
    const sum = (pattern: RegExp) => [...(text ?? '').matchAll(pattern)].reduce((all, [, n]) => all + Number(n), 0);
    return { readBytes: sum(read), writeBytes: sum(write) };
  }

  /** Begins a new peak. On v2 a write only counts for the file handle that made it, so there the life's peak stays: an upper bound. */
  resetPeak(): void {
    if (this.facts.cgroupVersion !== 1) return;
    try {
      writeSync(this.descriptor('memory', 'memory.max_usage_in_bytes'), '0', 0);
    } catch {
      // An older peak stays, which is still an upper bound.
    }
  }

  /** How many processes were killed for memory. On v1 it is only known while the container lives. */
  oomKills(): number {
    if (this.facts.cgroupVersion === 2) return keyed(this.text('', 'memory.events') ?? '', 'oom_kill');
    if (this.containers.length === 0) this.containers = this.children('memory');
    return this.containers.reduce(
      (sum, child) => sum + keyed(this.text('memory', child, 'memory.oom_control') ?? '', 'oom_kill'),
      0,
    );
  }

  /** Processes and threads just now. */
  pids(): number {
    return this.number(this.facts.cgroupVersion === 1 ? 'pids' : '', 'pids.current');
  }

  /** The most of them at once in the sandbox's life; 0 where the kernel doesn't keep it. */
  peakPids(): number {
    return this.number(this.facts.cgroupVersion === 1 ? 'pids' : '', 'pids.peak');
  }

  /** How many processes and threads the sandbox has asked for beyond its limit. Only known while the container lives. */
  refusedPids(): number {
    const controller = this.facts.cgroupVersion === 1 ? 'pids' : '';
    if (this.containers.length === 0) this.containers = this.children(controller);
    return this.containers.reduce(
      (sum, child) => sum + keyed(this.text(controller, child, 'pids.events') ?? '', 'max'),
      0,
    );
  }

  /** The limits of the container itself, which stands one below the sandbox's cgroup. */
  limits(): CgroupLimits {
    const v1 = this.facts.cgroupVersion === 1;
    const child = this.children(v1 ? 'memory' : '')[0] ?? 'missing';
    const read = (controller: string, file: string) => this.text(v1 ? controller : '', child, file)?.trim();
    const [quota, period] = v1
      ? [read('cpu', 'cpu.cfs_quota_us'), read('cpu', 'cpu.cfs_period_us')]
      : (read('', 'cpu.max') ?? '').split(' ');
    const memoryBytes = limit(read('memory', v1 ? 'memory.limit_in_bytes' : 'memory.max'));
    const withSwap = limit(read('memory', 'memory.memsw.limit_in_bytes'));
    const swapV1 = memoryBytes === undefined || withSwap === undefined ? undefined : withSwap - memoryBytes;
    const cpu = Number(quota) / Number(period);
    return {
      memoryBytes,
      swapBytes: v1 ? swapV1 : limit(read('', 'memory.swap.max')),
      pids: limit(read('pids', 'pids.max')),
      cpuMillis: Number.isFinite(cpu) && cpu > 0 ? Math.round(cpu * 1000) : undefined,
      processes: this.processes().length,
    };
  }

  /** The process ids of all that run in the sandbox now, as this process's own /proc names them. */
  processes(): number[] {
    const controller = this.facts.cgroupVersion === 1 ? 'pids' : '';
    const texts = this.children(controller).map((child) => this.text(controller, child, 'cgroup.procs') ?? '');
    return texts.join('\n').split('\n').filter(Boolean).map(Number);
  }

  /** Closes what was opened; it may be read again all the same. */
  close(): void {
    for (const key of this.opened.keys()) this.forget(key);
  }

  /** Removes the sandbox's folders in every hierarchy. The container must be gone. */
  async remove(): Promise<void> {
    for (const hierarchy of await hierarchies(this.facts, this.root)) await removeTree(join(hierarchy, this.parent));
  }

  private children(controller: string): string[] {
    try {
      const entries = readdirSync(join(this.root, controller, this.parent), { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    } catch {
      return [];
    }
  }

  private text(controller: string, ...path: string[]): string | undefined {
    const file = path.join('/');
    try {
      return readAll(this.descriptor(controller, file));
    } catch {
      this.forget(`${controller}/${file}`);
      return undefined;
    }
  }

  private descriptor(controller: string, file: string): number {
    const key = `${controller}/${file}`;
    let fd = this.opened.get(key);
    if (fd === undefined) {
      const flags = file === 'memory.max_usage_in_bytes' ? 'r+' : 'r';
      fd = openSync(join(this.root, controller, this.parent, file), flags);
      this.opened.set(key, fd);
    }
    return fd;
  }

  private forget(key: string): void {
    const fd = this.opened.get(key);
    this.opened.delete(key);
    if (fd !== undefined) closeSync(fd);
  }

  private number(controller: string, file: string): number {
    const value = Number(this.text(controller, file));
    return Number.isFinite(value) ? value : 0;
  }
}

/** The ids of all sandboxes that have left a cgroup folder. */
export async function sandboxIdsWithCgroup(facts: CgroupFacts, root: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const hierarchy of await hierarchies(facts, root)) {
    const base = facts.cgroupDriver === 'systemd' ? join(hierarchy, 'paddock.slice') : join(hierarchy, 'paddock');
    const names = await readdir(base, { withFileTypes: true }).catch(() => []);
    for (const name of names) {
      const id = facts.cgroupDriver === 'systemd' ? /^paddock-([a-z0-9]+)\.slice$/.exec(name.name)?.[1] : name.name;
      if (id !== undefined && name.isDirectory()) ids.add(id);
    }
  }
  return ids;
}

/** Where under a hierarchy the sandbox's cgroup stands: systemd nests `a-b.slice` in `a.slice`. */
function parentPath(facts: CgroupFacts, sandboxId: string): string {
  const name = cgroupParent(sandboxId, facts.cgroupDriver);
  return facts.cgroupDriver === 'systemd' ? join('paddock.slice', name) : name;
}

async function hierarchies(facts: CgroupFacts, root: string): Promise<string[]> {
  if (facts.cgroupVersion === 2) return [root];
  const names = await readdir(root, { withFileTypes: true });
  return names.filter((name) => name.isDirectory()).map((name) => join(root, name.name));
}

/** A cgroup stays busy for a moment after its last process has died. */
async function removeTree(path: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const names = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (names === undefined) return;
    for (const name of names) if (name.isDirectory()) await removeTree(join(path, name.name));
    try {
      return await rmdir(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || tries >= 50) throw error;
      await sleep(20);
    }
  }
}

const BUFFER = Buffer.alloc(64 * 1024);
/** Less than this the kernel hands out in one piece (fs/seq_file.c works by pages). */
const ONE_PIECE = 2048;

/** The whole of one of the kernel's files, as it is now. */
function readAll(fd: number): string {
  let bytes = 0;
  for (let read = ONE_PIECE; read >= ONE_PIECE && bytes < BUFFER.length; bytes += read) {
    read = readSync(fd, BUFFER, bytes, BUFFER.length - bytes, bytes);
  }
  return BUFFER.toString('latin1', 0, bytes);
}

const keyed = (text: string, key: string): number => Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);

/** v1 writes "no limit" as a huge number or -1, v2 as `max`. */
function limit(text: string | undefined): number | undefined {
  const value = Number(text ?? 'max');
  return text !== '' && Number.isSafeInteger(value) && value >= 0 && value < 2 ** 52 ? value : undefined;
}
