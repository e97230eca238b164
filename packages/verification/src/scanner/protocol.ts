/**
 * As much of the plugin protocol as one tool needs: JSON-RPC 2.0, one message a line, as the Model Context Protocol's stdio
 * transport has it. It stands here because the scanner is a plugin of ours that may import nothing of the plugin SDK.
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

const PROTOCOL_VERSION = '2025-06-18';
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;

const Message = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});

export interface Tool<Input> {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType<Input>;
  /** Its value is the call's structured content. An error that it throws ends the program: the host sees that it did. */
  call(input: Input): Promise<object>;
}

class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Answers requests one after the other until the input ends. */
export async function serveTool<Input>(
  tool: Tool<Input>,
  version: string,
  input: Readable,
  output: Writable,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const { id, method, params } = Message.parse(JSON.parse(line));
    if (id === undefined) continue; // A notification asks for nothing.
    const answer = await answerTo(tool, version, method, params ?? {}).catch((error: unknown) => {
      if (error instanceof Refusal) return { error: { code: error.code, message: error.message } };
      throw error;
    });
    output.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
  }
}

async function answerTo<Input>(
  tool: Tool<Input>,
  version: string,
  method: string,
  params: Record<string, unknown>,
): Promise<{ result: object }> {
  const { name, description } = tool;
  switch (method) {
    case 'initialize':
      return {
        result: {
          protocolVersion: PROTOCOL_VERSION,
          capabilities: { tools: {} },
          serverInfo: { name: 'paddock-scanner', version },
        },
      };
    case 'ping':
      return { result: {} };
    case 'tools/list':
      return { result: { tools: [{ name, description, inputSchema: z.toJSONSchema(tool.input) }] } };
    case 'tools/call': {
      const parsed = tool.input.safeParse(params['arguments']);
      if (params['name'] !== name || !parsed.success)
        throw new Refusal(INVALID_PARAMS, `There is one tool, ${name}, and its input has a schema.`);
      return { result: { content: [], structuredContent: await tool.call(parsed.data), isError: false } };
    }
    default:
      throw new Refusal(METHOD_NOT_FOUND, 'There is no such method.');
  }
}
