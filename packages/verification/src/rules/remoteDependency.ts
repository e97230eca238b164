import { basename } from 'node:path/posix';
import { defineRule, type ScannedFile } from './defineRule.js';

const LISTS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'];

function namesAddress({ path, bytes }: ScannedFile): boolean {
  if (basename(path) !== 'package.json') return false;
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    return LISTS.some((list) =>
      Object.values((json[list] ?? {}) as object).some((range) =>
        /^https?:\/\/(?!codeload\.github\.com|github\.com|registry\.)/.test(String(range)),
      ),
    );
  } catch {
    return false;
  }
}

export const remoteDependency = defineRule({
  id: 'remote-dependency',
  severity: 'high',
  message: 'A package.json depends on an address in place of a version.',
  why: 'What lies at an address can change after it was reviewed.',
  suggestion: 'Name a version of the registry’s.',
  match: { on: 'file', matches: namesAddress },
  examples: {
    flags: [{ path: 'package.json', content: '{"dependencies":{"a":"http://203.0.113.7/a.tgz"}}' }],
    passes: [
      { path: 'package.json', content: '{"dependencies":{"a":"^1.0.0","b":"git+ssh://git@github.com/a/b.git"}}' },
    ],
  },
});
