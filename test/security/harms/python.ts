/** What a plugin in Python does to get more than its own, where it has a way of its own for it, and how its run must end. */
import { expect } from 'vitest';
import type { Harm } from '../../support/arsenal.js';

/** Short, so that what ends by its deadline ends soon; a fresh interpreter must have started by then on a busy machine. */
const SHORT_MS = 3000;
const timedOut = { ends: 'timed_out', code: 'deadline_exceeded', timeoutMs: SHORT_MS } as const;
const violation = { ends: 'protocol_error', code: 'protocol_violation' } as const;
const outOfMemory = { ends: 'out_of_memory', code: 'memory_exceeded' } as const;
const crashed = { ends: 'crashed', code: 'process_exited' } as const;
const flooded = { ends: 'output_limit', code: 'output_exceeded' } as const;
const refusedAfter = (code: string | RegExp, most: number): Partial<Harm> => ({
  ends: 'succeeded',
  output: { times: expect.any(Number), code: expect.stringMatching(code) },
  look: ({ output }) => expect((output as { times: number }).times).toBeLessThanOrEqual(most),
});
const refusedWith = (allowed: RegExp): Partial<Harm> => ({
  ends: 'succeeded',
  look: ({ output }) =>
    expect(Object.values(output as object).flat()).toEqual(
      Object.values(output as object)
        .flat()
        .map(() => expect.stringMatching(allowed)),
    ),
});

export const PYTHON_HARMS: readonly Harm[] = [
  {
    act: 'spin',
    claim: 'is held to its share of a core until its deadline',
    ...timedOut,
    look: ({ usage }) => expect(usage?.cpuUs).toBeLessThan((SHORT_MS + 2000) * 1000),
  },
  { act: 'hold_the_lock', claim: 'can’t outlast its deadline by holding the interpreter’s lock', ...timedOut },
  { act: 'backtrack', claim: 'can’t outlast its deadline in a pattern', ...timedOut },
  {
    act: 'huge_power',
    claim: 'can’t outlast its deadline in a number',
    ends: ['timed_out', 'out_of_memory', 'crashed'],
    timeoutMs: SHORT_MS,
  },
  { act: 'ignore_every_signal', claim: 'can’t outlast its deadline by ignoring signals', ...timedOut },
  { act: 'stay_at_exit', claim: 'can’t outlast its deadline by staying at its exit', ...timedOut },
  {
    act: 'fork_bomb',
    claim: 'gets no more processes and memory than its own',
    ends: ['out_of_memory', 'timed_out', 'crashed'],
    timeoutMs: SHORT_MS,
  },
  {
    act: 'thread_bomb',
    claim: 'gets no more threads than its own',
    ends: 'succeeded',
    ...refusedAfter('RuntimeError', 64),
  },
  { act: 'daemonize', claim: 'leaves no process behind', ends: 'succeeded', output: { left: true } },
  { act: 'leave_in_the_middle', claim: 'has not succeeded by ending with 0', ...crashed },
  { act: 'kill_everyone', claim: 'kills nobody', ends: 'succeeded', output: { alive: true } },
  { act: 'crash', claim: 'crashes alone, and leaves no core behind', ...crashed },
  { act: 'recurse', claim: 'overflows its own stack alone', ends: ['crashed', 'out_of_memory'] },
  { act: 'exec_other', claim: 'finds no shell', ends: 'succeeded', output: { code: 'ENOENT' } },
  { act: 'memory_bomb', claim: 'gets no more memory than its own', ...outOfMemory },
  { act: 'shared_memory_bomb', claim: 'gets no more shared memory than its own', ...outOfMemory },
  { act: 'child_eats_memory', claim: 'is out of memory with its child, though it answers', ...outOfMemory },
  {
    act: 'zip_bomb',
    claim: 'unpacks no more than its memory',
    ends: ['out_of_memory', 'timed_out'],
    timeoutMs: 20_000,
  },
  { act: 'fill_tmp', claim: 'fills its own /tmp and no more', ends: 'succeeded', ...refusedAfter('ENOSPC', 16) },
  { act: 'open_files', claim: 'opens no more files than allowed', ends: 'succeeded', ...refusedAfter('EMFILE', 256) },
  {
    act: 'write_everywhere',
    claim: 'writes nowhere but in /tmp',
    ends: 'succeeded',
    ...refusedWith(/^(?:EROFS|EACCES|EPERM|ENOENT)$/),
  },
  {
    act: 'change_itself',
    claim: 'changes neither its own code nor the library’s',
    ends: 'succeeded',
    ...refusedWith(/^(?:EROFS|EACCES|EPERM|ENOENT)$/),
  },
  {
    act: 'machine_code',
    claim: 'gains nothing by machine code of its own',
    ends: 'succeeded',
    look: ({ output }) => {
      const { answer, codes } = output as { answer: number; codes: Record<string, string> };
      expect(answer).toBe(42);
      expect(Object.keys(codes)).toHaveLength(13);
      for (const code of Object.values(codes)) expect(code).toMatch(/^(?:EPERM|ENOSYS|EACCES)$/);
    },
  },
  { act: 'flood_stdout', claim: 'writes no more than allowed', ...flooded },
  { act: 'flood_stderr', claim: 'writes no more than allowed to stderr either', ...flooded },
  { act: 'print_aside', claim: 'is cut off when it prints beside the protocol', ...violation },
  { act: 'not_a_number', claim: 'is cut off when it answers what is no JSON', ...violation },
  {
    act: 'half_a_character',
    claim: 'stores no half of a character',
    ends: 'succeeded',
    look: ({ output }) => expect((output as { text: string }).text).not.toMatch(/[\ud800-\udfff]/),
  },
  { act: 'huge_number', claim: 'stores no number without bounds', ends: ['succeeded', 'protocol_error', 'failed'] },
  { act: 'deep_json', claim: 'can’t exhaust a stack with depth', ...violation },
  {
    act: 'network',
    claim: 'reaches no address: public, metadata, loopback, IPv6, nor a kernel’s socket',
    ends: 'succeeded',
    output: { codes: ['EPERM'] },
  },
  {
    act: 'resolve_name',
    claim: 'resolves no name',
    ends: 'succeeded',
    look: ({ output }) => expect(output).not.toEqual({ code: 'ok' }),
  },
  {
    act: 'environment',
    claim: 'finds no name of the host and no variable but three',
    ends: 'succeeded',
    output: { names: ['HOME', 'HOSTNAME', 'PATH'], user: [65532, 65532, [65532]] },
  },
];
