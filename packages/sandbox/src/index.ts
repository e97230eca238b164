/** Runs untrusted plugins in locked-down containers: a plan and a call go in, a result comes out. */
export { containerSpec, type HostFacts, type SandboxInput, type SandboxSpec } from './containerSpec.js';
export { openSandboxHost, type SandboxHost, type SandboxHostOptions } from './host.js';
export { SandboxPool } from './pool.js';
export type { IsolationControl, IsolationReport } from './probe.js';
export type {
  ListedTool,
  PluginOutcome,
  PoolKey,
  PoolOptions,
  RunPlan,
  RunResult,
  ToolCall,
  ToolListing,
} from './types.js';
