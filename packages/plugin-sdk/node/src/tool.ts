/** A tool as its author writes it. Types and errors only; nothing here reads or writes. */
import type { HostServices } from './host.js';

export type JsonObject = Record<string, unknown>;
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** What a tool gets beside its input. */
export interface ToolContext {
  /** Fires when the run is cancelled or its deadline has come; the sandbox is killed shortly after. */
  readonly signal: AbortSignal;
  /** When the run will be ended, in milliseconds since the epoch; absent where the host does not say. */
  readonly deadline?: number;
  /** The run's log. The tenant can read it, so no secret belongs there. */
  readonly log: Record<LogLevel, (message: string, data?: unknown) => void>;
  /** How far the run is: `done` of `total`, in any unit. */
  progress(done: number, total?: number, message?: string): void;
  readonly host: HostServices;
}

export interface Tool<Input = JsonObject, Output = unknown> {
  /** Letters, digits, `_` and `-`, at most 64; the same as in plugin.json. */
  name: string;
  description: string;
  /** JSON Schema of the input, which the platform checks before the tool is called. */
  inputSchema: JsonObject;
  /** JSON Schema of the output, which the platform checks before the caller gets it. */
  outputSchema?: JsonObject;
  /** Answers a JSON object, or any other JSON value as text. Throw a {@link ToolError} for what the caller should know. */
  handler(input: Input, context: ToolContext): Output | Promise<Output>;
}

export interface PluginDefinition {
  /** How the plugin calls itself when it is introduced; `plugin` and `0.0.0` if absent. */
  name?: string;
  version?: string;
  /** A handler may declare its input's type as a `type` (an `interface` has no index signature and does not fit). */
  tools: readonly Tool[];
}

/** A failure that the caller of a tool is told about. Any other error is told by its message alone. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  /** @param code a stable word for programs, such as `city_unknown`; @param message a sentence for people. */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The host refused or failed. */
export class HostError extends Error {
  override readonly name = 'HostError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
