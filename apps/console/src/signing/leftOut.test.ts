import { describe, expect, it } from 'vitest';
import { leftOutRule } from './leftOut.js';

describe('leftOutRule', () => {
  it('never takes hidden files, dependencies, bundles or keys', () => {
    const isLeftOut = leftOutRule('');
    const paths = [
      'plugin.json',
      'src/a.mjs',
      '.env',
      '.git/HEAD',
      'src/.cache/x',
      'node_modules/a/b.js',
      'signing.pem',
      'keys/a.key',
      'a-1.0.0.tgz',
      'a-1.0.0.tgz.sig.json',
    ];
    expect(paths.filter((path) => !isLeftOut(path))).toEqual(['plugin.json', 'src/a.mjs']);
  });

  it('goes by .paddockignore', () => {
    const isLeftOut = leftOutRule('# comment\nnotes.md\n/docs/\nsrc/**/*.test.mjs\n');
    const paths = [
      'notes.md',
      'src/notes.md',
      'docs/a/b.txt',
      'src/docs/a',
      'src/a.test.mjs',
      'src/b/c.test.mjs',
      'a.test.mjs',
    ];
    expect(paths.filter(isLeftOut)).toEqual([
      'notes.md',
      'src/notes.md',
      'docs/a/b.txt',
      'src/a.test.mjs',
      'src/b/c.test.mjs',
    ]);
  });

  it('refuses what would take something back in', () => expect(() => leftOutRule('!a.pem')).toThrow());
});
