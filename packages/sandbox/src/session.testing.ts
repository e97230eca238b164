/** For tests: a session whose sandbox is no container, so that a test says what a plugin writes, byte by byte and when. */
import { DEFAULT_LIMITS, type Limits } from '@paddock/contracts';
import type { Sandbox, SandboxListener } from './sandbox.js';
import { Session } from './session.js';

const LIMITS: Limits = { ...DEFAULT_LIMITS, messageBytes: 4096, outputBytes: 1 << 20, messagesPerSecond: 100_000 };

export function open(deadlineMs = 10_000) {
  let listener: SandboxListener | undefined;
  const state = { paused: false };
  const sandbox = {
    listen: (to: SandboxListener) => {
      listener = to;
    },
    write: () => {},
    unwrittenBytes: 0,
    pause: () => {
      state.paused = true;
    },
    resume: () => {
      state.paused = false;
    },
    cgroup: { cpuUs: () => 0 },
  } as unknown as Sandbox;
  const session = new Session(sandbox, LIMITS);
  const methods: string[] = [];
  const exchange = session.open(
    {
      hostServices: async (method) => {
        methods.push(method);
        return {};
      },
      onLog: () => {},
    },
    deadlineMs,
  );
  return { session, exchange, state, methods, feed: (bytes: Buffer) => listener?.data(bytes) };
}

export const framed = (stream: number, payload: Buffer): Buffer => {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
};
