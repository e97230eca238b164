import type { BundleFile, Capabilities, Finding } from '@paddock/contracts';
import { expect, test } from 'vitest';
import { differenceFindings } from './compareVersions.js';

const file = (path: string, size = 10): BundleFile => ({ path, mode: 0o644, size, sha256: 'a'.repeat(64) });
const binary = (path: string): Finding => ({
  ...{ rule: 'native-binary', severity: 'high', message: 'm' },
  ...{ file: path, line: null, excerpt: null },
});
const version = (capabilities: Capabilities, files: BundleFile[], findings: Finding[] = []) => ({
  version: '1.0.0',
  manifest: { capabilities },
  files,
  findings,
  provenance: null,
});
const rules = (...args: Parameters<typeof differenceFindings>) => differenceFindings(...args).map(({ rule }) => rule);

test('what is new is told: hosts, capabilities, binaries', () => {
  const before = version({ http: ['a.example.com'], kv: true }, [file('main.js'), file('old.so')], [binary('old.so')]);
  const files = [file('main.js'), file('old.so'), file('new.so')];
  const after = version(
    { http: ['a.example.com', 'b.example.com'], secrets: ['TOKEN'] },
    files,
    files.slice(1).map(({ path }) => binary(path)),
  );
  const found = differenceFindings(before, after);
  expect(found.map(({ rule, file: where }) => [rule, where])).toEqual([
    ['new-capability', null],
    ['new-binary', 'new.so'],
  ]);
  expect(found[0]?.message).toContain('http:b.example.com, secrets:TOKEN');
  expect(rules(after, before)).toEqual(['new-capability']);
  expect(rules(after, after)).toEqual([]);
});

test('five times as much is told, unless it is little', () => {
  const many = (count: number, size: number) =>
    version(
      {},
      Array.from({ length: count }, (_, index) => file(`${index}`, size)),
    );
  expect(rules(many(1, 20_000), many(1, 100_000))).toEqual(['grown']);
  expect(rules(many(1, 20_001), many(1, 100_000))).toEqual([]);
  expect(rules(many(1, 10), many(1, 1000))).toEqual([]);
  expect(rules(many(4, 10), many(20, 10))).toEqual(['grown']);
  expect(rules(many(3, 10), many(19, 10))).toEqual([]);
});
