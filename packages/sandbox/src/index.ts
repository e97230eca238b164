/** Runs untrusted plugins in locked-down containers: a plan and a call go in, a result comes out. */
export { containerSpec, type HostFacts, type Kernel, type SandboxInput, type SandboxSpec } from './containerSpec.js';
export type { IsolationControl } from './controls.js';
export { declarationOf, differingTools } from './declaredTools.js';
export { type Examination, type ExaminedControl, examineHost } from './examine.js';
export {
  openProvenHost,
  openSandboxHost,
  type RuntimeImages,
  type SandboxHost,
  type SandboxHostOptions,
  sandboxOwner,
} from './host.js';
export { HostIsolation, type IsolationReport, missingControls, type Place } from './isolation.js';
export { SandboxPool } from './pool.js';
export type {
  HostCall,
  ListedTool,
  Observed,
  PluginOutcome,
  PoolKey,
  PoolOptions,
  RunPlan,
  RunResult,
  ToolCall,
  ToolListing,
} from './types.js';
