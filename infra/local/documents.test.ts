import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './folders.js';

const DOCUMENTS = ['README.md', 'SPECIFICATION.md', 'SECURITY.md', 'CONTRIBUTING.md'];
const FOLDERS = /^(apps|packages|infra|test|prisma)\//;

/** The paths of the project that a document names: in backticks, or as a link. Patterns with <…> name no one file. */
function namedPaths(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  const linked = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map((match) => match[1] ?? '');
  const named = [...quoted.filter((each) => FOLDERS.test(each)), ...linked.filter((each) => !/^https?:/.test(each))];
  return [...new Set(named)].filter((each) => !each.includes('<'));
}

/** Whether a path is there; a `*` in its last part stands for anything. */
function isThere(named: string): boolean {
  const whole = path.join(repositoryRoot(), named);
  if (!named.includes('*')) return existsSync(whole);
  const [before = '', after = ''] = path.basename(whole).split('*');
  return readdirSync(path.dirname(whole)).some((name) => name.startsWith(before) && name.endsWith(after));
}

describe.each(DOCUMENTS)('%s', (document) => {
  const paths = namedPaths(readFileSync(path.join(repositoryRoot(), document), 'utf8'));
  it('names paths', () => expect(paths.length).toBeGreaterThan(0));
  it.each(paths)('names %s, which is there', (named) => expect(isThere(named)).toBe(true));
});
