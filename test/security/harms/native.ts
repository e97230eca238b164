/** What machine code does to get more than its own, and how its run must end. */
import { expect } from 'vitest';
import type { Harm } from '../../support/arsenal.js';

const timedOut = { ends: 'timed_out', code: 'deadline_exceeded', timeoutMs: 1500 } as const;
const outOfMemory = { ends: 'out_of_memory', code: 'memory_exceeded' } as const;
const tooManyProcesses = { ends: 'crashed', code: 'processes_exceeded', timeoutMs: 20_000 } as const;
const crashed = { ends: 'crashed', code: 'process_exited' } as const;
const refusedAfter = (code: string, most: number): Partial<Harm> => ({
  ends: 'succeeded',
  output: { times: expect.any(Number), code },
  look: ({ output }) => expect((output as { times: number }).times).toBeLessThanOrEqual(most),
});

/** gVisor's own threads count too: where they get none, it ends, and the sandbox with it. */
const takesGvisorAlong: Harm['onGvisor'] = {
  ends: ['crashed', 'timed_out', 'out_of_memory'],
  code: undefined,
  output: undefined,
};

export const NATIVE_HARMS: readonly Harm[] = [
  {
    act: 'spin',
    claim: 'is held to its share of a core until its deadline',
    ...timedOut,
    look: ({ usage }) => expect(usage?.cpuUs).toBeLessThan(3_000_000),
  },
  { act: 'sleep', claim: 'can’t outlast its deadline by doing nothing', ...timedOut },
  { act: 'deaf', claim: 'can’t outlast its deadline by blocking every signal', ...timedOut },
  {
    act: 'forkBomb',
    claim: 'is soon killed with all of its processes',
    ...tooManyProcesses,
    onGvisor: takesGvisorAlong,
  },
  {
    act: 'forkBombThatBlocksSignals',
    claim: 'is soon killed with all of its sessions',
    ...tooManyProcesses,
    onGvisor: takesGvisorAlong,
  },
  {
    act: 'zombies',
    claim: 'leaves no more dead processes than it may have',
    ends: 'succeeded',
    ...refusedAfter('EAGAIN', 64),
    onGvisor: { ...takesGvisorAlong, look: undefined },
  },
  { act: 'memoryBomb', claim: 'gets no more memory than its own', ...outOfMemory },
  { act: 'lockedMemoryBomb', claim: 'gets no more locked memory than its own', ...outOfMemory },
  {
    act: 'pipeBomb',
    claim: 'gets no more of the kernel’s memory than its own',
    ends: ['timed_out', 'out_of_memory'],
    timeoutMs: 2500,
    onGvisor: { ends: ['timed_out', 'out_of_memory', 'crashed'] },
    look: ({ usage, limits }) =>
      expect(usage?.peakMemoryBytes).toBeLessThanOrEqual((limits?.memoryBytes ?? 0) + (1 << 20)),
  },
  { act: 'childEatsMemory', claim: 'is out of memory with its child, though it answers', ...outOfMemory },
  { act: 'memfdBomb', claim: 'gets no file without a name', ends: 'succeeded', ...refusedAfter('EPERM', 0) },
  { act: 'doubleForkHoldingStdout', claim: 'can’t leave its pipes to somebody who stays', ...crashed },
  { act: 'daemonize', claim: 'leaves no process behind', ends: 'succeeded', output: { left: true } },
  { act: 'closeStdout', claim: 'can’t outlast its deadline by closing its output', ...timedOut },
  { act: 'closeEverything', claim: 'can’t outlast its deadline by closing everything', ...timedOut },
  { act: 'fillFile', claim: 'makes no file that is larger than /tmp', ends: 'succeeded', ...refusedAfter('EFBIG', 16) },
  { act: 'openFiles', claim: 'opens no more files than allowed', ends: 'succeeded', ...refusedAfter('EMFILE', 256) },
  { act: 'stackOverflow', claim: 'crashes alone', ...crashed },
  { act: 'illegal', claim: 'leaves no core behind', ...crashed },
  { act: 'killEveryone', claim: 'kills nobody', ends: 'succeeded', output: { alive: true } },
  { act: 'stopEveryone', claim: 'stops nobody but itself', ...timedOut },
  {
    act: 'stopFirst',
    claim: 'can’t stop or kill the first process',
    ends: 'succeeded',
    output: { alive: true },
    onGvisor: {
      claim: 'kills nobody but itself by the first process',
      ends: ['crashed', 'succeeded'],
      output: undefined,
    },
  },
  {
    act: 'starveFirst',
    claim: 'gains nothing by taking the first process’s limits',
    ends: ['timed_out', 'crashed'],
    timeoutMs: 1500,
  },
  {
    act: 'hoardWatches',
    claim: 'takes no watches, which all share',
    ends: 'succeeded',
    ...refusedAfter('ENOSYS', 0),
    onGvisor: { claim: 'takes watches of its own kernel only', ...refusedAfter('EMFILE', 256) },
  },
  {
    act: 'floodStdout',
    claim: 'floods with empty lines only until it is cut off',
    ends: ['protocol_error', 'output_limit'],
  },
  { act: 'floodStderr', claim: 'floods the log only until it is cut off', ends: 'output_limit' },
  {
    act: 'floodMessages',
    claim: 'is held to a pace of messages',
    ends: ['timed_out', 'output_limit'],
    timeoutMs: 1500,
  },
  {
    act: 'floodBytes',
    claim: 'floods byte by byte only until its deadline',
    ends: ['timed_out', 'protocol_error'],
    timeoutMs: 1500,
  },
];
