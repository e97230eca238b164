/**
 * A plugin's folder in the real sandbox on its author's machine: packed, checked and run as on the platform, and loaded anew
 * when it changes. It watches nothing and prints nothing.
 */
import { randomUUID } from 'node:crypto';
import {
  type Capabilities,
  compileSchema,
  type ErrorIssue,
  effectiveLimits,
  type Limits,
  type LogLine,
  type Manifest,
  PaddockError,
  type Progress,
} from '@paddock/contracts';
import { differingTools, type RunPlan, type RunResult } from '@paddock/sandbox';
import { packFolder } from '../pack/packFolder.js';
import type { LocalSandbox } from '../sandbox/localSandbox.js';
import { LocalKv, localHostServices } from './hostServices.js';

export interface DevOptions {
  /** What is granted; everything that is declared if left out. */
  grants?: Capabilities | undefined;
  secrets: ReadonlyMap<string, string>;
  isolation: RunPlan['isolation'];
  onLog(line: LogLine): void;
  onProgress(progress: Progress): void;
}

export interface LoadedPlugin {
  readonly manifest: Manifest;
  readonly limits: Limits;
  readonly granted: Capabilities;
}

export type DevResult = Pick<RunResult, 'outcome' | 'output' | 'error' | 'usage' | 'start'>;

const INSTALL = 'dev';

export class DevPlugin {
  readonly #kv = new LocalKv();
  #loaded: (LoadedPlugin & { plan: RunPlan }) | undefined;

  constructor(
    private readonly folder: string,
    private readonly sandbox: LocalSandbox,
    private readonly options: DevOptions,
  ) {}

  /** What calls go to. @throws PaddockError `plugin_does_not_start` as long as the folder has none that loads */
  get loaded(): LoadedPlugin {
    return this.#current();
  }

  /**
   * Packs the folder, starts it, and compares what it lists with its manifest. What was loaded before is gone, whatever
   * comes of it: the key-value store alone stays.
   * @throws PaddockError a `manifest_` or `bundle_` code, `plugin_does_not_start`, `tools_mismatch`: just what the verifier
   *   would find; CliError as `packFolder` does
   */
  async load(): Promise<LoadedPlugin> {
    const { pool } = this.sandbox;
    const before = this.#loaded;
    this.#loaded = undefined;
    if (before !== undefined) await pool.destroyWhere(({ versionId }) => versionId === before.plan.versionId);
    const { manifest, bytes, files } = await packFolder(this.folder);
    const granted = this.options.grants ?? manifest.capabilities;
    const limits = effectiveLimits(manifest.limits, {});
    const { secrets, isolation, onLog, onProgress } = this.options;
    const plan: RunPlan = {
      installId: INSTALL,
      versionId: randomUUID(),
      isolation,
      runtime: manifest.runtime,
      bundleDir: await this.sandbox.unpack(bytes, files),
      entry: manifest.entry,
      limits,
      hostServices: localHostServices({ declared: manifest.capabilities, granted, secrets, kv: this.#kv }),
      onLog,
      onProgress,
    };
    const { tools, outcome, error } = await pool.listTools(plan, new AbortController().signal);
    if (tools === undefined)
      throw new PaddockError('plugin_does_not_start', `It ended as ${outcome}: ${error?.message ?? ''}`);
    const differing = differingTools(manifest.tools, tools);
    if (differing.length > 0)
      throw new PaddockError('tools_mismatch', `Declared and listed differ in: ${differing.join(', ')}.`);
    this.#loaded = { manifest, limits, granted, plan };
    return this.#loaded;
  }

  /**
   * Calls a tool as a run does: input and result are held to its schemas.
   * @throws PaddockError `tool_unknown`, `input_invalid` with each fault, `sandbox_unavailable`
   */
  async call(tool: string, input: Record<string, unknown>, signal: AbortSignal): Promise<DevResult> {
    const { manifest, plan } = this.#current();
    const declared = manifest.tools.find(({ name }) => name === tool);
    if (declared === undefined)
      throw new PaddockError('tool_unknown', `It has: ${manifest.tools.map(({ name }) => name).join(', ')}.`);
    const issues = compileSchema(declared.inputSchema)(input);
    if (issues.length > 0) throw new PaddockError('input_invalid', undefined, { issues });
    const result = await this.sandbox.pool.run(plan, { tool, input }, signal);
    if (result.outcome !== 'succeeded' || declared.outputSchema === undefined) return result;
    const faults = compileSchema(declared.outputSchema)(result.output);
    if (faults.length === 0) return result;
    const { usage, start } = result;
    return { outcome: 'failed', error: { code: 'output_invalid', message: sentence(faults) }, usage, start };
  }

  #current(): LoadedPlugin & { plan: RunPlan } {
    if (this.#loaded === undefined) throw new PaddockError('plugin_does_not_start', 'Mend it, and save.');
    return this.#loaded;
  }
}

const sentence = (issues: readonly ErrorIssue[]): string =>
  issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
