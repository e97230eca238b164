import { expect, test } from 'vitest';
import { leftProfile, type ObservedProfile } from './profile.js';

const MiB = 1024 * 1024;
const profile: ObservedProfile = {
  tools: ['stamp'],
  hostServices: { 'kv.get': 2, 'http.fetch': 1, 'http api.example.com': 1 },
  refused: {},
  kvKeys: [],
  tmpFiles: [],
  peakPids: 12,
  cpuUs: 90_000,
  peakMemoryBytes: 40 * MiB,
};
const run = { tool: 'stamp', hostServices: { 'kv.get': 9000 }, peakPids: 12, peakMemoryBytes: 40 * MiB };

test.each([
  ['the same', {}, []],
  ['a bit more', { peakPids: 24, peakMemoryBytes: 80 * MiB }, []],
  [
    'another host',
    { hostServices: { 'http evil.example.com': 1, 'kv.get': 1 } },
    ['host service: http evil.example.com'],
  ],
  ['a service that every object has', { hostServices: { constructor: 1 } }, ['host service: constructor']],
  ['many processes', { peakPids: 25 }, ['processes: 25, 12 were seen']],
  ['much memory', { peakMemoryBytes: 80 * MiB + 1 }, [`memory: ${80 * MiB + 1} bytes, ${40 * MiB} were seen`]],
  ['a tool that was never seen at work', { tool: 'other', peakPids: 60 }, []],
])('%s', (_what, change, left) => {
  expect(leftProfile(profile, { ...run, ...change })).toEqual(left);
});
