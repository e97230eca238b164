/**
 * What is said to a plugin: the Model Context Protocol's `initialize`, `tools/list` and `tools/call` (revision
 * 2025-06-18, lifecycle and tools), and how its answers are read.
 */
import { ERRORS, type Limits } from '@paddock/contracts';
import type { Said } from './converse.js';
import type { Exchange } from './exchange.js';
import { isObject } from './messages.js';
import { capText, cleanText } from './runLog.js';
import type { Session } from './session.js';
import type { ListedTool, PluginFault } from './types.js';

const PROTOCOL_VERSION = '2025-06-18';
/** Revisions whose initialize, tools/list and tools/call are the same on the wire. */
const SPOKEN_VERSIONS = new Set(['2025-11-25', PROTOCOL_VERSION, '2025-03-26', '2024-11-05']);
const MAX_MESSAGE = 2048;
const MAX_TOOLS = 64;
const MAX_PAGES = 16;

/** Has `talk` speak with the plugin after we are introduced, which happens once in a sandbox's life. */
export async function introduced<T>(
  session: Session,
  exchange: Exchange,
  talk: (exchange: Exchange) => Promise<Said<T>>,
): Promise<Said<T>> {
  if (!session.initialized) {
    const fault = await initialize(exchange);
    if (fault) return fault;
    session.initialized = true;
  }
  return talk(exchange);
}

/** Introduces us. Answers undefined when the plugin is ready, or why it is not. */
async function initialize(exchange: Exchange): Promise<PluginFault | undefined> {
  const answer = await exchange.request('initialize', {
    protocolVersion: PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: { name: 'paddock', version: '0.1.0' },
  });
  if (!answer.ok) return failed('plugin_does_not_start', answer.error.message);
  const version = isObject(answer.result) ? answer.result['protocolVersion'] : undefined;
  if (typeof version !== 'string' || !SPOKEN_VERSIONS.has(version)) return violation();
  exchange.notify('notifications/initialized');
  return undefined;
}

/** Calls one tool. The plugin is told how long it has, to pace itself; the deadline holds without its help. */
export async function callTool(
  exchange: Exchange,
  call: { tool: string; input: unknown },
  limits: Limits,
): Promise<Said<unknown>> {
  const answer = await exchange.request('tools/call', {
    name: call.tool,
    arguments: call.input,
    _meta: { progressToken: 0, 'paddock.dev/remainingMs': exchange.remainingMs() },
  });
  if (!answer.ok) return failed('tool_error', answer.error.message);
  const { result } = answer;
  if (!isObject(result)) return violation();
  if (result['isError'] === true) return failed('tool_error', textOf(result['content']));
  const output = result['structuredContent'] ?? result['content'];
  if (output === undefined || typeof output !== 'object') return violation();
  // The result is a part of its message, so it needs measuring only when the message is larger.
  if (answer.bytes > limits.resultBytes && Buffer.byteLength(JSON.stringify(output)) > limits.resultBytes) {
    return { outcome: 'output_limit', error: { code: 'result_too_large', message: ERRORS.result_too_large.title } };
  }
  return { outcome: 'succeeded', value: output };
}

/** Lists all tools, page by page. */
export async function listTools(exchange: Exchange): Promise<Said<ListedTool[]>> {
  const tools: ListedTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await exchange.request('tools/list', cursor === undefined ? {} : { cursor });
    if (!answer.ok) return failed('tool_error', answer.error.message);
    const listed = isObject(answer.result) ? answer.result['tools'] : undefined;
    if (!isObject(answer.result) || !Array.isArray(listed) || !listed.every(isObject)) return violation();
    tools.push(...listed);
    const next = answer.result['nextCursor'];
    if (tools.length > MAX_TOOLS || (next !== undefined && typeof next !== 'string')) return violation();
    if (next === undefined) return { outcome: 'succeeded', value: tools };
    cursor = next;
  }
  return violation();
}

const failed = (code: 'tool_error' | 'plugin_does_not_start', words: string): PluginFault => ({
  outcome: 'failed',
  error: { code, message: capText(cleanText(words), MAX_MESSAGE) || ERRORS[code].title },
});

const violation = (): PluginFault => ({
  outcome: 'protocol_error',
  error: { code: 'protocol_violation', message: ERRORS.protocol_violation.title },
});

/** The text parts of an MCP content list, one after the other. */
function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  const parts: unknown[] = content;
  return parts
    .flatMap((part) => (isObject(part) && typeof part['text'] === 'string' ? [part['text'].slice(0, MAX_MESSAGE)] : []))
    .join(' ');
}
