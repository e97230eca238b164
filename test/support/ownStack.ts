/** A stack of a test's own, for tests that break processes or what they stand on. */
import { type Stack, type StackOptions, startStack } from '@paddock/infra';
import { expect } from 'vitest';
import { Docker, sandboxes } from './docker.js';
import { prerequisites, shared } from './globalSetup.js';
import { open, type TestStack } from './stack.js';

export interface OwnStack extends TestStack {
  /** Its processes, to be killed and started again. */
  running: Stack;
  /** Stops it; fails when a process did not end in order or a sandbox is left. */
  end(): Promise<void>;
}

/** A lease so short that a test sees it run out. */
export const LEASE_MS = 2000;

export async function startOwnStack({ on, environment, ...rest }: StackOptions = {}): Promise<OwnStack> {
  const running = await startStack({
    ...rest,
    on: { ...prerequisites(), ...on },
    durable: false,
    environment: { PADDOCK_LOG_LEVEL: 'debug', PADDOCK_LEASE_MS: String(LEASE_MS), ...environment },
  });
  return {
    ...(await open(shared(running))),
    running,
    async end() {
      const problems = await running.stop();
      const left = await sandboxes(new Docker(running.dockerHost), running.settings.scratchFolder);
      expect([...problems, ...left]).toEqual([]);
    },
  };
}
