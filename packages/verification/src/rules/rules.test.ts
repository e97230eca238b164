import { describe, expect, test } from 'vitest';
import { languageOf } from '../languages.js';
import { scanFile } from '../scanFile.js';
import { scanTogether } from '../together.js';
import type { Example, Rule } from './defineRule.js';
import { RULES } from './index.js';

function findingsOf(rule: Rule, example: Example): string[] {
  const {
    path = 'index.js',
    content,
    capabilities = {},
    beside = [],
    runtime = 'node',
    entry = runtime !== 'node' || path.endsWith('.js') ? path : 'index.js',
  } = typeof example === 'string' ? { content: example } : example;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const language = languageOf({ path, bytes }, { runtime, entry });
  const { findings, hits } = scanFile({
    file: { path, bytes },
    language,
    around: { runtime, entry, capabilities, paths: new Set([path, ...beside]) },
  });
  expect(findings.filter((finding) => finding.rule === 'code-not-scanned')).toEqual([]);
  const together = scanTogether([{ path, length: bytes.length, hits }], RULES);
  const ids = [...findings, ...together].map((finding) => finding.rule);
  return [...ids, ...hits.map((hit) => hit.rule.id)].filter((id) => id === rule.id);
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
  // One rule may be written once for each language.
  const ids = RULES.map(({ id, languages }) => `${id} ${languages?.join() ?? ''}`);
  expect(new Set(ids).size).toBe(RULES.length);
  for (const { id, examples } of RULES) {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(examples.flags.length * examples.passes.length, id).toBeGreaterThan(0);
  }
});
