/** What a plugin in JavaScript does to get more than its own, and how its run must end. */
import { expect } from 'vitest';
import type { Harm } from '../../support/arsenal.js';

/** Short, so that what ends by its deadline ends soon; a fresh Node must have started by then on a busy machine. */
const SHORT_MS = 3000;
const timedOut = { ends: 'timed_out', code: 'deadline_exceeded', timeoutMs: SHORT_MS } as const;
const violation = { ends: 'protocol_error', code: 'protocol_violation' } as const;
const outOfMemory = { ends: 'out_of_memory', code: 'memory_exceeded' } as const;
const crashed = { ends: 'crashed', code: 'process_exited' } as const;
const flooded = { ends: 'output_limit', code: 'output_exceeded' } as const;
const refusedAfter = (code: string, most: number): Partial<Harm> => ({
  output: { times: expect.any(Number), code },
  look: ({ output }) => expect((output as { times: number }).times).toBeLessThanOrEqual(most),
});
// biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is asserted.
const UNCLEAN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** gVisor counts no files: each takes of the sandbox's own memory, which is all that it can have. */
const filesAreMemory: Harm['onGvisor'] = {
  claim: 'makes files as long as its own memory and time last',
  ends: ['out_of_memory', 'timed_out', 'crashed'],
  input: { most: 1e9 },
  timeoutMs: SHORT_MS,
  output: undefined,
  look: undefined,
};

export const NODE_HARMS: readonly Harm[] = [
  {
    act: 'spin',
    claim: 'is held to its share of a core until its deadline',
    ...timedOut,
    look: ({ usage }) => expect(usage?.cpuUs).toBeLessThan((SHORT_MS + 2000) * 1000),
  },
  { act: 'block', claim: 'can’t outlast its deadline with a blocked event loop', ...timedOut },
  { act: 'sleep', claim: 'can’t outlast its deadline by doing nothing', ...timedOut },
  { act: 'ignoreEverySignal', claim: 'can’t outlast its deadline by ignoring signals', ...timedOut },
  { act: 'stopItself', claim: 'can’t outlast its deadline by stopping itself', ...timedOut },
  { act: 'deafToStdin', claim: 'can’t outlast its deadline by not reading', ...timedOut },
  {
    act: 'forkBomb',
    claim: 'gets no more processes and memory than its own',
    ends: ['out_of_memory', 'timed_out', 'crashed'],
    timeoutMs: SHORT_MS,
  },
  { act: 'killEveryone', claim: 'kills nobody', ends: 'succeeded', output: { alive: true } },
  {
    act: 'killFirst',
    claim: 'can’t kill or stop the sandbox’s first process',
    ends: 'succeeded',
    // Without an effect, or refused where Landlock keeps signals in.
    look: ({ output }) => expect(['ok,ok', 'EPERM,EPERM']).toContain(String((output as { codes: string[] }).codes)),
    onGvisor: {
      claim: 'kills nobody but itself by the sandbox’s first process',
      ends: ['crashed', 'succeeded'],
      look: undefined,
    },
  },
  { act: 'daemonize', claim: 'leaves no process behind', ends: 'succeeded', output: { left: true } },
  { act: 'leaveStdoutToGrandchild', claim: 'can’t leave its pipes to somebody who stays', ...crashed },
  { act: 'exitInTheMiddle', claim: 'has not succeeded by ending with 0', ...crashed },
  { act: 'abort', claim: 'leaves no core behind', ends: ['crashed', 'out_of_memory'] },
  { act: 'memoryBomb', claim: 'gets no more memory than its own', ...outOfMemory },
  { act: 'heapBomb', claim: 'gets no more heap than its memory', ends: ['out_of_memory', 'crashed'] },
  { act: 'childEatsMemory', claim: 'is out of memory with its child, though it answers', ...outOfMemory },
  { act: 'fillTmp', claim: 'fills its own /tmp and no more', ends: 'succeeded', ...refusedAfter('ENOSPC', 16) },
  {
    act: 'fillInodes',
    claim: 'makes no more files than allowed',
    ends: 'succeeded',
    ...refusedAfter('ENOSPC', 1024),
    onGvisor: filesAreMemory,
  },
  {
    act: 'deepFolders',
    claim: 'makes no more folders than allowed',
    ends: 'succeeded',
    ...refusedAfter('ENOSPC', 1024),
    onGvisor: filesAreMemory,
  },
  { act: 'giantFile', claim: 'makes no file that is larger than /tmp', ends: ['crashed', 'succeeded'] },
  { act: 'openFiles', claim: 'opens no more files than allowed', ends: 'succeeded', ...refusedAfter('EMFILE', 256) },
  {
    act: 'watchEverything',
    claim: 'takes no watches, which all share',
    ends: 'succeeded',
    ...refusedAfter('ENOSYS', 0),
    onGvisor: refusedAfter('EPERM', 0),
  },
  {
    act: 'writeEverywhere',
    claim: 'writes nowhere but in /tmp',
    ends: 'succeeded',
    look: ({ output }) =>
      expect(
        Object.values(output as object).filter((code) => !/^(EROFS|EACCES|EPERM|ENOENT)$/.test(code as string)),
      ).toEqual([]),
  },
  { act: 'floodStdout', claim: 'writes no more than allowed', ...flooded },
  { act: 'floodStderr', claim: 'writes no more than allowed to stderr either', ...flooded },
  { act: 'endlessLine', claim: 'can’t make the host gather a line without end', ...violation },
  { act: 'endlessErrorLine', claim: 'can’t make the host gather one of stderr', ...flooded },
  {
    act: 'dirtyLog',
    claim: 'puts neither control characters nor lines of others into its log',
    ends: 'succeeded',
    look: ({ logs }) => {
      expect(logs.length).toBeGreaterThan(0);
      for (const { message } of logs) expect(message).not.toMatch(UNCLEAN);
    },
  },
  { act: 'hugeAnswer', claim: 'stores no result that is too large', ends: 'output_limit', code: 'result_too_large' },
  { act: 'garbage', claim: 'is cut off when it does not speak the protocol', ...violation },
  { act: 'binary', claim: 'is cut off when it is not text', ...violation },
  { act: 'batch', claim: 'is cut off when it sends batches', ...violation },
  { act: 'lengthOfFourGiB', claim: 'can’t announce a length', ...violation },
  { act: 'engineFrame', claim: 'can’t forge the engine’s frames', ...violation },
  { act: 'halfFrame', claim: 'can’t wait in the middle of a message', ...timedOut },
  { act: 'slowFrame', claim: 'may speak slowly', ends: 'succeeded', output: { slow: true } },
  { act: 'deepJson', claim: 'can’t exhaust a stack with depth', ...violation },
  { act: 'twoAnswers', claim: 'has one answer, the first', ends: 'succeeded', output: { n: 1 } },
  { act: 'answerToAnother', claim: 'can’t answer what it was not asked', ...violation },
  { act: 'resultAndError', claim: 'can’t succeed and fail at once', ...violation },
  {
    act: 'forgedUsage',
    claim: 'has no say in its bill',
    ends: 'succeeded',
    look: ({ usage }) => expect(usage?.cpuUs).toBeGreaterThan(1000),
  },
  { act: 'forgedExit', claim: 'can’t say how it ended', ...crashed },
  {
    act: 'prototypes',
    claim: 'changes no prototype',
    ends: 'succeeded',
    look: ({ output }) => expect(output).not.toHaveProperty('polluted'),
  },
  {
    act: 'pathsInResult',
    claim: 'names paths that are only text',
    ends: 'succeeded',
    output: { files: ['../../etc/passwd', '/etc/shadow', 'a\ufffdb', 'C:\\x'] },
  },
  {
    act: 'askForEverything',
    claim: 'gets no host service that it was not granted',
    ends: 'succeeded',
    input: {
      methods: ['host/kv.get', 'host/secrets.get', 'host/http.fetch', 'host/blob.read', 'host/nothing'],
      params: { key: 'k', name: 'TOKEN', url: 'http://169.254.169.254/', capability: 'forged', grantedUntil: 1 },
    },
    look: ({ output }) => {
      const { codes } = output as { codes: unknown[] };
      expect(codes).toHaveLength(5);
      for (const code of codes) expect(code).toMatch(/^(host_service|capability)_/);
    },
  },
  {
    act: 'askWithoutReading',
    claim: 'is held back when it asks and does not listen',
    ends: ['timed_out', 'output_limit'],
    timeoutMs: SHORT_MS,
  },
  {
    act: 'environment',
    claim: 'finds no name of the host and no variable but three',
    ends: 'succeeded',
    output: {
      names: ['HOME', 'HOSTNAME', 'PATH'],
      hostname: expect.stringMatching(/^[0-9a-f]{12}$/),
      user: 65532,
      home: '/tmp',
    },
  },
  { act: 'processes', claim: 'sees its own processes only', ends: 'succeeded', output: { ids: 2 } },
  {
    act: 'network',
    claim: 'reaches no address: public, metadata, gateway, peer, loopback, IPv6',
    ends: 'succeeded',
    output: { codes: ['EPERM'] },
  },
];
