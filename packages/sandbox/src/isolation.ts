/**
 * Which isolation levels a host has, as its probe found them, and where a run of each level goes. A host that lacks a
 * control of L1 has none, and nothing may run on it. The probe is repeated, since what held once need not hold for ever.
 *
 *   L1  every control that has no other level
 *   L2  L1, and a user namespace and a security module (AppArmor, SELinux or Landlock)
 *   L3  L1, and gVisor in a user namespace: a kernel of its own answers the plugin's calls, so the host's security module
 *       has none of them to judge
 */
import { type IsolationLevel, PaddockError, strictestIsolation } from '@paddock/contracts';
import type { Kernel } from './containerSpec.js';
import type { IsolationControl } from './controls.js';

/** A level that a host has, and on whose kernel it has it. */
export interface Place {
  level: IsolationLevel;
  kernel: Kernel;
}

export interface IsolationReport {
  /** The strongest that it has; `refuse`: a control is missing that every run needs, and nothing may run here. */
  level: 'refuse' | IsolationLevel;
  /** Weakest first. */
  places: readonly Place[];
  controls: readonly IsolationControl[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** What the probed controls come to. */
export function reportOf(controls: readonly IsolationControl[]): IsolationReport {
  const lacks = (kernel: Kernel, level: IsolationLevel) => {
    const needed = controls.filter((one) => one.kernel === kernel && one.neededFor <= level);
    return needed.length === 0 || needed.some((one) => !one.held);
  };
  const places: Place[] = [];
  if (!lacks('host', 'L1')) {
    places.push({ level: lacks('host', 'L2') ? 'L1' : 'L2', kernel: 'host' });
    if (!lacks('gvisor', 'L3')) places.push({ level: 'L3', kernel: 'gvisor' });
  }
  return { level: places.at(-1)?.level ?? 'refuse', places, controls, at: Date.now() };
}

/** The controls that keep a host from a level, or from any. */
export const missingControls = ({ controls }: IsolationReport, level: IsolationLevel = 'L1'): IsolationControl[] =>
  controls.filter((one) => !one.held && one.neededFor <= level && (one.kernel === 'host' || level === 'L3'));

export class HostIsolation {
  private constructor(
    private readonly probe: () => Promise<IsolationReport>,
    private newest: IsolationReport,
  ) {}

  /** @throws PaddockError `isolation_insufficient` that names the missing controls */
  static async prove(probe: () => Promise<IsolationReport>): Promise<HostIsolation> {
    const report = await probe();
    if (report.level === 'refuse') {
      const missing = missingControls(report).map(({ name, detail }) => ({ path: name, message: detail }));
      throw new PaddockError(
        'isolation_insufficient',
        missing.map(({ path, message }) => `${path} (${message})`).join(', '),
        {
          issues: missing,
        },
      );
    }
    return new HostIsolation(probe, report);
  }

  get report(): IsolationReport {
    return this.newest;
  }
  get level(): IsolationReport['level'] {
    return this.newest.level;
  }

  /** The weakest place that is strong enough for all that is asked; undefined where this host has none. */
  placeFor(...asked: readonly IsolationLevel[]): Place | undefined {
    const least = strictestIsolation(...asked);
    return this.newest.places.find(({ level }) => level >= least);
  }

  /**
   * Probes again. What is worse than before is believed only when it is found twice, since an engine may hiccup.
   * @returns whether the levels that the host has have changed
   */
  async probeAgain(): Promise<boolean> {
    const before = levelsOf(this.newest);
    let report = await this.probe();
    if (levelsOf(report) < before || report.level === 'refuse') report = await this.probe();
    this.newest = report;
    return levelsOf(report) !== before;
  }
}

/** Comparable: more and stronger levels sort after fewer and weaker ones. */
const levelsOf = ({ places }: IsolationReport): string => places.map(({ level }) => level).join();
