/** Plugins of the tests that ask their host: the tool bodies get `ask(method, params)`, JSON-RPC by hand. */

/** Put before a tool's body: `ask` resolves to the answer's `result`, or to `{ refused: code }`. */
export const ASK = `
globalThis.lines ??= (await import('node:readline')).createInterface({ input: process.stdin }).setMaxListeners(0);
const ask = (method, params) => new Promise((done) => {
  const asked = 'ask-' + Math.random();
  const take = (line) => {
    if (!line.includes(asked)) return;
    lines.off('line', take);
    const { result, error } = JSON.parse(line);
    done(error === undefined ? result : { refused: error.data?.code ?? error.code });
  };
  lines.on('line', take);
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id: asked, method, params }) + '\\n');
});
`;

/** A tool that asks what its input's `calls` say, one after the other, and returns the answers. */
export const ASK_TOOL = {
  body: `${ASK}
const answers = [];
for (const [method, params] of input.calls) answers.push(await ask(method, params));
return { answers };`,
};
