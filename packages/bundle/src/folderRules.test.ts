import { describe, expect, it } from 'vitest';
import { holdsPrivateKey, IgnoreFileError, leftOutRule } from './folderRules.js';
import { generateKeyPair } from './keys.js';

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
      'src/__pycache__/a.pyc',
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

  it('refuses what would take something back in', () => expect(() => leftOutRule('!a.pem')).toThrow(IgnoreFileError));
});

describe('holdsPrivateKey', () => {
  const holds = (text: string) => holdsPrivateKey(new TextEncoder().encode(text));

  it('finds a key as a file and within a string, and passes code that names one', async () => {
    const { privateKeyPem } = await generateKeyPair();
    expect(holds(privateKeyPem)).toBe(true);
    expect(holds(`const key = ${JSON.stringify(privateKeyPem)};`)).toBe(true);
    expect(holds("if (text.startsWith('-----BEGIN PRIVATE KEY-----')) refuse();")).toBe(false);
  });
});
