import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definePlugin, type HostError, type PluginDefinition, ToolError } from './index.js';
import { readLines } from './lines.js';

type Message = Record<string, unknown>;

/** A plugin that is served over streams of ours: `ask` gives the answer to a request, `next` the next message of any kind. */
function serve(plugin: PluginDefinition) {
  const input = new PassThrough();
  const messages: Message[] = [];
  const wakes: (() => void)[] = [];
  const write = (text: string) => {
    messages.push(JSON.parse(text) as Message);
    for (const wake of wakes.splice(0)) wake();
  };
  definePlugin(plugin, { input, output: { write } });
  const next = async (matches: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const found = messages.find(matches);
      if (found) return found;
      await new Promise<void>((resolve) => wakes.push(resolve));
    }
  };
  let id = 0;
  const send = (message: Message) => input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const ask = (method: string, params: Message = {}) => {
    const mine = ++id;
    send({ id: mine, method, params });
    return next((message) => message['id'] === mine && !('method' in message));
  };
  return {
    send,
    ask,
    next,
    call: (name: string, input: Message = {}, meta: Message = {}) =>
      ask('tools/call', { name, arguments: input, _meta: meta }),
  };
}

const tool = (handler: PluginDefinition['tools'][number]['handler']) => ({
  name: 't',
  description: 'd',
  inputSchema: { type: 'object' },
  handler,
});

describe('definePlugin', () => {
  it('introduces itself and lists its tools', async () => {
    const plugin = serve({
      name: 'echo',
      version: '1.2.3',
      tools: [{ ...tool(() => ({})), outputSchema: { type: 'object' } }],
    });
    const answer = await plugin.ask('initialize', { protocolVersion: '2025-06-18' });
    expect(answer['result']).toMatchObject({
      protocolVersion: '2025-06-18',
      serverInfo: { name: 'echo', version: '1.2.3' },
    });
    expect((await plugin.ask('tools/list'))['result']).toEqual({
      tools: [{ name: 't', description: 'd', inputSchema: { type: 'object' }, outputSchema: { type: 'object' } }],
    });
  });

  it('answers an object as structured content and as text, and a string as text alone', async () => {
    const plugin = serve({
      tools: [tool((input) => (input['plain'] ? 'words' : { doubled: Number(input['n']) * 2 }))],
    });
    expect((await plugin.call('t', { n: 4 }))['result']).toEqual({
      content: [{ type: 'text', text: '{"doubled":8}' }],
      structuredContent: { doubled: 8 },
    });
    expect((await plugin.call('t', { plain: true }))['result']).toEqual({ content: [{ type: 'text', text: 'words' }] });
  });

  it('tells a ToolError with its code, and any other error by its message', async () => {
    const plugin = serve({
      tools: [
        tool((input) => {
          throw input['known'] ? new ToolError('city_unknown', 'No such city.') : new TypeError('boom');
        }),
      ],
    });
    expect((await plugin.call('t', { known: true }))['result']).toEqual({
      isError: true,
      content: [{ type: 'text', text: 'city_unknown: No such city.' }],
    });
    expect((await plugin.call('t'))['result']).toEqual({ isError: true, content: [{ type: 'text', text: 'boom' }] });
  });

  it('refuses an unknown tool and an unknown method', async () => {
    const plugin = serve({ tools: [] });
    expect((await plugin.call('none'))['error']).toMatchObject({ code: -32602 });
    expect((await plugin.ask('resources/list'))['error']).toMatchObject({ code: -32601 });
  });

  it('hands log lines and progress on', async () => {
    const plugin = serve({
      tools: [
        tool((_input, context) => {
          context.log.warning('careful', { n: 1 });
          context.progress(1, 2, 'half');
          return {};
        }),
      ],
    });
    await plugin.call('t', {}, { progressToken: 'p' });
    const log = await plugin.next((message) => message['method'] === 'notifications/message');
    expect(log['params']).toEqual({ level: 'warning', data: 'careful {"n":1}' });
    const progress = await plugin.next((message) => message['method'] === 'notifications/progress');
    expect(progress['params']).toEqual({ progressToken: 'p', progress: 1, total: 2, message: 'half' });
  });

  it('asks the host, and turns its refusal into a HostError with the host’s code', async () => {
    const plugin = serve({
      tools: [
        tool(async (input, { host }) => {
          const answer = await host
            .call('kv.get', input)
            .catch((error: unknown) => ({ refused: (error as HostError).code }));
          return { answer };
        }),
      ],
    });
    const first = plugin.call('t', { key: 'a' });
    const asked = await plugin.next((message) => message['method'] === 'host/kv.get');
    expect(asked['params']).toEqual({ key: 'a' });
    plugin.send({ id: asked['id'], result: { value: 7 } });
    expect((await first)['result']).toMatchObject({ structuredContent: { answer: { value: 7 } } });

    const second = plugin.call('t', { key: 'b' });
    const again = await plugin.next((message) => message['method'] === 'host/kv.get' && message['id'] !== asked['id']);
    plugin.send({ id: again['id'], error: { code: -32000, message: 'no', data: { code: 'capability_not_granted' } } });
    expect((await second)['result']).toMatchObject({
      structuredContent: { answer: { refused: 'capability_not_granted' } },
    });
  });

  it('runs calls side by side, and aborts the one that is cancelled', async () => {
    const plugin = serve({
      tools: [
        tool((input, { signal }) =>
          input['wait']
            ? new Promise((resolve) => signal.addEventListener('abort', () => resolve({ stopped: true })))
            : { quick: true },
        ),
      ],
    });
    const slow = plugin.call('t', { wait: true });
    expect((await plugin.call('t'))['result']).toMatchObject({ structuredContent: { quick: true } });
    plugin.send({ method: 'notifications/cancelled', params: { requestId: 1 } });
    expect((await slow)['result']).toMatchObject({ structuredContent: { stopped: true } });
  });

  it('knows its deadline when the host says how long it has', async () => {
    const plugin = serve({
      tools: [tool((_input, { deadline }) => ({ hasDeadline: deadline !== undefined && deadline > Date.now() }))],
    });
    const answer = await plugin.call('t', {}, { 'paddock.dev/remainingMs': 60_000 });
    expect(answer['result']).toMatchObject({ structuredContent: { hasDeadline: true } });
    expect((await plugin.call('t'))['result']).toMatchObject({ structuredContent: { hasDeadline: false } });
  });

  it('lets what is not a message pass', async () => {
    const plugin = serve({ tools: [] });
    plugin.send({ id: 99, result: 'for nobody' });
    expect((await plugin.ask('ping'))['result']).toEqual({});
  });

  it('refuses two tools of one name', () => {
    expect(() =>
      definePlugin(
        { tools: [tool(() => ({})), tool(() => ({}))] },
        { input: new PassThrough(), output: { write: () => true } },
      ),
    ).toThrow();
  });
});

describe('readLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''))),
        fc.integer({ min: 1, max: 7 }),
        async (texts, size) => {
          const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
          const input = new PassThrough();
          const lines: string[] = [];
          const ended = new Promise<void>((resolve) => readLines(input, (line) => lines.push(line), resolve));
          for (let at = 0; at < bytes.length; at += size) input.write(bytes.subarray(at, at + size));
          input.end();
          await ended;
          expect(lines).toEqual(texts.filter((text) => text !== ''));
        },
      ),
    );
  });
});
