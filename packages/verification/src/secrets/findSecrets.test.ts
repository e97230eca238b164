import { describe, expect, test } from 'vitest';
import { findSecrets } from './findSecrets.js';

const find = (text: string, path = 'lib/config.js') => findSecrets(path, new TextEncoder().encode(text));
/** In pieces, so that this file holds none. */
const join = (...parts: string[]) => parts.join('');
const RANDOM = 'q7Rz2Kf9Wm4Xc8Vt1Lp6Hs3Nd5Gb0JyAeUo';

describe('a secret is found by its form:', () => {
  test.each([
    ['AWS', join('AKI', 'A5JQ7WXK3ZTLM4PNR')],
    ['GitHub', join('gh', `p_${RANDOM}a`)],
    ['npm', join('np', `m_${RANDOM}a`)],
    ['Slack', join('xo', 'xb-123456781234-q7Rz2Kf9Wm4Xc8Vt1Lp6')],
    ['Google', join('AI', `za${RANDOM}`)],
    ['Stripe', join('sk', '_live_q7Rz2Kf9Wm4Xc8Vt1Lp6Hs3N')],
    ['a registry', '//npm.acme.dev/:_authToken=q7Rz2Kf9Wm4Xc8Vt'],
    ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ${RANDOM}\n`],
  ])('%s', (_whose, secret) => {
    const found = find(`const a = 1;\nconst token = "${secret}";\n`);
    expect(found).toMatchObject([{ rule: 'secret-in-bundle', severity: 'high', file: 'lib/config.js', line: 2 }]);
    expect(JSON.stringify(found)).not.toContain(secret.slice(8, 20));
  });
});

test('what only looks like one is none', () => {
  const nothing = [
    join('AKI', 'AIOSFODNN7EXAMPLE'),
    join('gh', `p_${'x'.repeat(36)}`),
    join('np', `m_${RANDOM}ab`),
    join('sk', '_test_q7Rz2Kf9Wm4Xc8Vt1Lp6Hs3N'),
    `//npm.acme.dev/:_authToken=\${NPM_TOKEN}`,
    `'-----BEGIN ${'PRIVATE'} KEY-----'`,
  ];
  for (const text of nothing) expect(find(text)).toEqual([]);
  expect(findSecrets('a.png', Uint8Array.of(0, ...new TextEncoder().encode(join('AKI', 'A5JQ7WXK3ZTLM4PNR'))))).toEqual(
    [],
  );
});

test('what libraries keep for their tests asks for no person', () => {
  expect(find(join('AKI', 'A5JQ7WXK3ZTLM4PNR'), 'node_modules/a/test/fixtures/key.js')).toMatchObject([
    { severity: 'medium' },
  ]);
});
