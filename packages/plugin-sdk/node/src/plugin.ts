/**
 * Serves a plugin's tools over stdin and stdout: JSON-RPC 2.0, one message a line, as the Model Context Protocol's
 * stdio transport has it (revision 2025-06-18). It validates no schema: the platform does, before and after.
 */
import process from 'node:process';
import { hostServices } from './host.js';
import { readLines } from './lines.js';
import {
  HostError,
  type JsonObject,
  type LogLevel,
  type PluginDefinition,
  type Tool,
  type ToolContext,
  ToolError,
} from './tool.js';

const PROTOCOL_VERSION = '2025-06-18';
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;

/** Where messages come from and go to. */
export interface PluginStreams {
  input: NodeJS.ReadableStream;
  output: { write(text: string): unknown };
}

type Id = string | number;
interface HostCall {
  resolve: (result: unknown) => void;
  reject: (error: HostError) => void;
}

/**
 * Serves the tools until stdin ends; call it once, last. `console.log` and its like write to stderr from then on, since
 * stdout belongs to the protocol.
 *
 * @throws Error when two tools have one name.
 */
export function definePlugin(plugin: PluginDefinition, streams?: PluginStreams): void {
  const tools = new Map(plugin.tools.map((tool) => [tool.name, tool]));
  if (tools.size !== plugin.tools.length) throw new Error('two tools have the same name');
  if (!streams) {
    // biome-ignore lint/suspicious/noConsole: it is being turned away from stdout, not used
    console.log = console.info = console.debug = console.error;
  }
  const { input, output } = streams ?? { input: process.stdin, output: process.stdout };
  const server = new Server(plugin, tools, (message) => output.write(`${JSON.stringify(message)}\n`));
  readLines(
    input,
    (line) => server.receive(line),
    () => server.finish(() => (streams ? undefined : process.exit(0))),
  );
}

class Server {
  private readonly running = new Map<Id, AbortController>();
  private readonly hostCalls = new Map<Id, HostCall>();
  private lastId = 0;
  private onIdle: (() => void) | undefined;

  constructor(
    private readonly plugin: PluginDefinition,
    private readonly tools: ReadonlyMap<string, Tool>,
    private readonly send: (message: JsonObject) => void,
  ) {}

  /** Takes one line. What is not a message is left alone: there is nobody to tell. */
  receive(line: string): void {
    const message = parse(line);
    if (message === undefined) return;
    const { id, method, params } = message;
    if (typeof method !== 'string') this.settleHostCall(message);
    else if (isId(id)) this.answer(id, method, isObject(params) ? params : {});
    else if (method === 'notifications/cancelled' && isObject(params) && isId(params['requestId'])) {
      this.running.get(params['requestId'])?.abort();
    }
  }

  /** Calls back when the last tool under way has answered. */
  finish(then: () => void): void {
    this.onIdle = then;
    if (this.running.size === 0) then();
  }

  private answer(id: Id, method: string, params: JsonObject): void {
    if (method === 'tools/call') void this.callTool(id, params);
    else if (method === 'tools/list') this.result(id, { tools: [...this.tools.values()].map(listed) });
    else if (method === 'ping') this.result(id, {});
    else if (method === 'initialize') {
      this.result(id, {
        protocolVersion: PROTOCOL_VERSION,
        capabilities: { tools: {}, logging: {} },
        serverInfo: { name: this.plugin.name ?? 'plugin', version: this.plugin.version ?? '0.0.0' },
      });
    } else this.send({ jsonrpc: '2.0', id, error: { code: METHOD_NOT_FOUND, message: `no method ${method}` } });
  }

  private async callTool(id: Id, params: JsonObject): Promise<void> {
    const tool = this.tools.get(String(params['name']));
    if (tool === undefined) {
      this.send({ jsonrpc: '2.0', id, error: { code: INVALID_PARAMS, message: `no tool ${String(params['name'])}` } });
      return;
    }
    const stop = new AbortController();
    this.running.set(id, stop);
    const meta = isObject(params['_meta']) ? params['_meta'] : {};
    try {
      const input = isObject(params['arguments']) ? params['arguments'] : {};
      this.result(id, success(await tool.handler(input, this.context(stop.signal, meta))));
    } catch (error) {
      this.result(id, failure(error));
    } finally {
      this.running.delete(id);
      if (this.running.size === 0) this.onIdle?.();
    }
  }

  private context(signal: AbortSignal, meta: JsonObject): ToolContext {
    const { progressToken } = meta;
    const remaining = meta['paddock.dev/remainingMs'];
    const log = (level: LogLevel) => (message: string, data?: unknown) => {
      this.notify('notifications/message', {
        level,
        data: data === undefined ? message : `${message} ${JSON.stringify(data)}`,
      });
    };
    return {
      signal,
      ...(typeof remaining === 'number' ? { deadline: Date.now() + remaining } : {}),
      log: { debug: log('debug'), info: log('info'), warning: log('warning'), error: log('error') },
      progress: (done, total, message) => {
        if (isId(progressToken))
          this.notify('notifications/progress', { progressToken, progress: done, total, message });
      },
      host: hostServices((method, params) => this.callHost(method, params)),
    };
  }

  private callHost(method: string, params: JsonObject): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = `h${++this.lastId}`;
      this.hostCalls.set(id, { resolve, reject });
      this.send({ jsonrpc: '2.0', id, method: `host/${method}`, params });
    });
  }

  private settleHostCall(message: JsonObject): void {
    const { id, error } = message;
    const call = isId(id) ? this.hostCalls.get(id) : undefined;
    if (call === undefined || !isId(id)) return;
    this.hostCalls.delete(id);
    if (!isObject(error)) {
      call.resolve(message['result']);
      return;
    }
    const code = isObject(error['data']) ? error['data']['code'] : undefined;
    call.reject(new HostError(typeof code === 'string' ? code : 'internal', String(error['message'])));
  }

  private result(id: Id, result: JsonObject): void {
    this.send({ jsonrpc: '2.0', id, result });
  }

  private notify(method: string, params: JsonObject): void {
    this.send({ jsonrpc: '2.0', method, params });
  }
}

/** A tool as `tools/list` shows it. */
const listed = ({ name, description, inputSchema, outputSchema }: Tool): JsonObject => ({
  name,
  description,
  inputSchema,
  ...(outputSchema === undefined ? {} : { outputSchema }),
});

/** A tool's value as an MCP result: an object stands as it is and as text beside it, for clients that only read text. */
function success(value: unknown): JsonObject {
  if (typeof value === 'string') return { content: [{ type: 'text', text: value }] };
  const text = JSON.stringify(value) ?? 'null';
  const content = [{ type: 'text', text }];
  return isObject(value) ? { content, structuredContent: value } : { content };
}

function failure(error: unknown): JsonObject {
  const code = error instanceof ToolError || error instanceof HostError ? `${error.code}: ` : '';
  const message = error instanceof Error ? error.message : String(error);
  return { isError: true, content: [{ type: 'text', text: `${code}${message}` }] };
}

function parse(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (id: unknown): id is Id => typeof id === 'string' || typeof id === 'number';
