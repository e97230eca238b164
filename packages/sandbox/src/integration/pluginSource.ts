/** A plugin without any library, whose tools behave well or badly. Its text is what runs in the sandbox. */
export const PLUGIN_SOURCE = String.raw`
import fs from 'node:fs';
import net from 'node:net';
import { execFileSync, spawn, spawnSync } from 'node:child_process';

const raw = (text) => { for (let left = Buffer.from(text); left.length > 0; ) { try { left = left.subarray(fs.writeSync(1, left)); } catch (error) { if (error.code !== 'EAGAIN') throw error; } } };
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');
const hostCalls = new Map();
let hostId = 0;
const host = (method, params) => new Promise((resolve) => { const id = 'h' + ++hostId; hostCalls.set(id, resolve); send({ id, method, params }); });
const attempt = (act) => { try { return act() ?? 'done'; } catch (error) { return error.code ?? error.message; } };
const state = { calls: 0 };

const tools = {
  echo: (input) => ({ structuredContent: { input, calls: ++state.calls, pid: process.pid } }),
  content: () => ({ content: [{ type: 'text', text: 'plain' }] }),
  toolError: () => ({ isError: true, content: [{ type: 'text', text: 'no \u001b[31msuch\u001b[0m city' }] }),
  rpcError: () => { throw new Error('rpc'); },
  big: ({ bytes }) => ({ structuredContent: { text: 'x'.repeat(bytes) } }),
  spin: () => { for (;;); },
  hang: () => new Promise(() => {}),
  sleep: ({ ms }) => new Promise((resolve) => setTimeout(() => resolve({ structuredContent: {} }), ms)),
  eatBuffers: () => { const all = []; for (;;) all.push(Buffer.alloc(8 << 20, 1)); },
  eatHeap: () => { const all = []; for (;;) all.push({ a: [all.length], b: 'x' + all.length }); },
  churn: () => { let sum = 0; for (let i = 0; i < 3e6; i++) sum += { a: [i], b: 'x' + i }.a[0] % 2; return { structuredContent: { sum } }; },
  childEats: () => { spawnSync(process.execPath, ['-e', 'const a=[];for(;;)a.push(Buffer.alloc(8<<20,1))']); return { structuredContent: {} }; },
  childEatsAndExit0: () => { spawnSync(process.execPath, ['-e', 'const a=[];for(;;)a.push(Buffer.alloc(8<<20,1))']); process.exit(0); },
  floodStdout: () => { const line = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x'.repeat(1000) } }) + '\n'; for (;;) raw(line); },
  floodStderr: () => { const text = 'e'.repeat(8000) + '\n'; for (;;) fs.writeSync(2, text); },
  endlessLine: () => { const text = 'x'.repeat(60000); for (;;) raw(text); },
  garbage: () => { raw('this is not the protocol\n'); return new Promise(() => {}); },
  wrongId: () => { send({ id: 12345, result: {} }); return new Promise(() => {}); },
  badResult: () => 'a string',
  exit: ({ code }) => process.exit(code),
  killSelf: () => process.kill(process.pid, 'SIGKILL'),
  answerTwice: (input, id) => { send({ id, result: { structuredContent: { first: true } } }); return { structuredContent: { first: false } }; },
  lateGarbage: () => { setTimeout(() => raw('too late\n'), 50); return { structuredContent: {} }; },
  lateSpin: () => { setTimeout(() => { for (;;); }, 50); return { structuredContent: {} }; },
  lateExit: () => { setTimeout(() => process.exit(0), 50); return { structuredContent: {} }; },
  log: () => { process.stderr.write('to \u001b[1mstderr\u0000\r\n'); send({ method: 'notifications/message', params: { level: 'warning', data: 'two\nlines' } }); return { structuredContent: {} }; },
  logAndHang: () => { process.stderr.write('begun\n'); return new Promise(() => {}); },
  proto: (input, id) => { raw('{"jsonrpc":"2.0","id":' + id + ',"result":{"structuredContent":{"__proto__":{"polluted":true},"a":1}}}\n'); return new Promise(() => {}); },
  host: async ({ method, params }) => ({ structuredContent: { answer: await host(method, params) } }),
  hostMany: async ({ count }) => ({ structuredContent: { answers: (await Promise.all(Array.from({ length: count }, (_, i) => host('host/count', { i })))).map((a) => a.result.i) } }),
  hostFlood: () => { process.stdin.pause(); for (;;) raw('{"jsonrpc":"2.0","id":"x' + ++hostId + '","method":"host/big"}\n'); },
  daemonize: () => { spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' }).unref(); process.exit(3); },
  ignoreSignals: () => { for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); return new Promise(() => {}); },
  forks: () => { let made = 0; try { for (; made < 200; made++) { const child = spawn(process.execPath, ['-e', 'setInterval(()=>{},1000)']); child.on('error', () => {}); if (!child.pid) break; } } catch {} return { structuredContent: { made } }; },
  look: async () => ({ structuredContent: {
    tcp: await new Promise((resolve) => net.connect(1, '127.0.0.1').on('connect', () => resolve('connected')).on('error', (error) => resolve(error.code))),
    root: attempt(() => fs.writeFileSync('/x', '')),
    bundle: attempt(() => fs.writeFileSync('/plugin/x', '')),
    input: attempt(() => fs.readFileSync('/input/data.txt', 'utf8')),
    inputWrite: attempt(() => fs.writeFileSync('/input/data.txt', '')),
    tmp: attempt(() => { fs.writeFileSync('/tmp/x', 'ok'); return fs.readFileSync('/tmp/x', 'utf8'); }),
    tmpFill: attempt(() => fs.writeFileSync('/tmp/y', Buffer.alloc(15 << 20)) ?? fs.writeFileSync('/tmp/z', Buffer.alloc(5 << 20))),
    hostFiles: ['/root', '/home', '/var', '/etc/shadow', '/run', '/usr/bin/sh', '/bin/sh', '/var/run/docker.sock', '/dev/shm'].filter((path) => fs.existsSync(path)),
    top: attempt(() => fs.readdirSync('/').sort()),
    env: Object.keys(process.env).sort(),
    shell: attempt(() => execFileSync('/bin/sh', ['-c', 'true'])),
    kallsyms: attempt(() => fs.readFileSync('/proc/kallsyms', 'utf8').length),
    uid: process.getuid(),
  } }),
};

async function receive(message) {
  if (message.method === undefined) { hostCalls.get(message.id)?.(message); return; }
  if (message.id === undefined) return;
  const { id } = message;
  if (message.method === 'initialize') return send({ id, result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'test', version: '1' } } });
  if (message.method === 'tools/list') return send({ id, result: { tools: Object.keys(tools).map((name) => ({ name, description: name, inputSchema: { type: 'object' } })) } });
  try { send({ id, result: await tools[message.params.name](message.params.arguments, id) }); }
  catch (error) { send({ id, error: { code: -32000, message: error.message } }); }
}
let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  for (const line of lines) void receive(JSON.parse(line));
});
`;
