import type { Finding } from '@paddock/contracts';
import { describe, expect, test } from 'vitest';
import { scanFile } from '../scanFile.js';
import type { Example, Rule } from './defineRule.js';
import { RULES } from './index.js';

function findingsOf(rule: Rule, example: Example): Finding[] {
  const {
    path = 'index.js',
    content,
    capabilities = {},
    beside = [],
  } = typeof example === 'string' ? { content: example } : example;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const findings = scanFile({
    file: { path, bytes },
    isCode: path.endsWith('.js'),
    around: { capabilities, paths: new Set([path, ...beside]) },
  });
  expect(findings.filter((finding) => finding.rule === 'code-not-scanned')).toEqual([]);
  return findings.filter((finding) => finding.rule === rule.id);
}

const short = (example: Example) => JSON.stringify(example).slice(0, 100);

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test.each(rule.examples.flags.map((example) => [short(example), example] as const))('flags %s', (_text, example) => {
    expect(findingsOf(rule, example)).not.toEqual([]);
  });
  test.each(rule.examples.passes.map((example) => [short(example), example] as const))(
    'passes %s',
    (_text, example) => {
      expect(findingsOf(rule, example)).toEqual([]);
    },
  );
});

test('ids are unique, and every rule shows both what it flags and what it passes', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { id, examples } of RULES) {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(examples.flags.length * examples.passes.length, id).toBeGreaterThan(0);
  }
});
