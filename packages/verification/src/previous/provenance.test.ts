import type { Provenance } from '@paddock/contracts';
import { expect, test } from 'vitest';
import { decide } from '../policy.js';
import { provenanceFindings } from './provenance.js';

const workflow = (ref: string) => `https://github.com/acme/hello/.github/workflows/release.yml@${ref}`;
const by = (ref: string): Provenance['signers'] => [
  { type: 'sigstore', issuer: 'https://issuer.test', identity: workflow(ref) },
];
const before: Provenance = {
  builder: 'https://builder.test/hosted',
  buildType: 'https://builder.test/workflow/v1',
  source: { repository: 'https://github.com/acme/hello', commit: 'a'.repeat(40) },
  signers: by('refs/tags/v1.0.0'),
};
const found = (after: Provenance | null, provenance: Provenance | null = before) =>
  provenanceFindings({ version: '1.0.0', provenance }, after);
const told = (change: Partial<Provenance>) =>
  found({ ...before, ...change }).map(({ rule, message }) => `${rule}: ${message}`);

test('another commit, by the same workflow at another tag, is no difference', () => {
  const source = { repository: 'https://github.com/acme/hello', commit: 'b'.repeat(40) };
  expect(told({ source, signers: by('refs/tags/v1.0.1') })).toEqual([]);
});

test('one that is missing is told', () => {
  expect(found(null).map(({ rule }) => rule)).toEqual(['provenance-missing']);
});

test('another builder, source or signer is told with both', () => {
  expect(told({ builder: 'https://home.test' })).toEqual([
    'provenance-changed: By its provenance, the builder is https://home.test; of 1.0.0, https://builder.test/hosted.',
  ]);
  expect(told({ source: { repository: 'https://github.com/evil/hello', commit: null } })[0]).toContain(
    'the source repository is https://github.com/evil/hello; of 1.0.0, https://github.com/acme/hello',
  );
  expect(told({ source: null })[0]).toContain('the source repository is none');
  expect(told({ signers: [{ type: 'key', keyId: 'c'.repeat(64) }] })[0]).toContain(
    `who states it is key ${'c'.repeat(64)}`,
  );
});

test('nothing is told where the version before had none, and no verdict rests on any of it', () => {
  expect(found(before, null)).toEqual([]);
  expect(found(null, null)).toEqual([]);
  const different = { ...before, builder: 'https://home.test', source: null, signers: by('refs/heads/x') };
  expect(decide([...found(null), ...found(different)])).toBe('accepted');
});
