import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from './bytes.js';
import { verifyPublisher } from './integrity.js';
import { codeOf } from './rawTar.testing.js';
import { openSigstore, publicTrustedRoot } from './sigstore.js';
import {
  type PrivateSigstore,
  privateSigstore,
  type SerializedBundle,
  type SigningIdentity,
} from './sigstore.testing.js';
import { publishStatement } from './statements.js';

const CI: SigningIdentity = {
  issuer: 'https://token.actions.githubusercontent.com',
  identity: 'https://github.com/acme/tables/.github/workflows/release.yml@refs/heads/main',
};
const sha256 = 'a'.repeat(64);
const statement = publishStatement({
  plugin: 'acme/tables',
  version: '1.0.0',
  files: [{ path: 'plugin.json', mode: 0o644, size: 2, sha256 }],
  sha256,
});

let sigstore: PrivateSigstore;
let good: SerializedBundle;
beforeAll(async () => {
  sigstore = await privateSigstore();
  good = await sigstore.sign(statement, CI);
});

const seal = (value: unknown) => utf8(JSON.stringify(value));
const copy = (): SerializedBundle => structuredClone(good);
const entryOf = (bundle: SerializedBundle) =>
  bundle.verificationMaterial.tlogEntries[0] as {
    integratedTime: string;
    inclusionPromise: { signedEntryTimestamp: string };
  };
const check = (
  bytes: Uint8Array,
  { trusted = [CI], root = sigstore.trustedRoot, threshold = 1, revokedAt = null as string | null } = {},
) =>
  verifyPublisher(bytes, {
    policy: {
      keys: [],
      threshold,
      identities: trusted.map((each) => ({ ...each, validFrom: new Date(0).toISOString(), revokedAt })),
    },
    sigstore: openSigstore(root),
    at: new Date(),
    expected: { sha256, plugin: 'acme/tables' },
  });

test('what an identity signed is answered as it was signed, with who signed it', async () => {
  expect(await check(seal(good))).toEqual({ statement, signers: [{ type: 'sigstore', ...CI }] });
});

describe('an identity is compared whole:', () => {
  test.each<[string, Partial<SigningIdentity>]>([
    ['another branch', { identity: `${CI.identity}-2` }],
    ['a branch less', { identity: CI.identity.slice(0, -1) }],
    ['a pattern', { identity: '^https://github.com/acme/.*$' }],
    ['anything', { identity: '.*' }],
    ['a name that a pattern’s dot would take', { identity: CI.identity.replace('release.yml', 'releaseXyml') }],
    ['another issuer', { issuer: 'https://accounts.google.com' }],
    ['an issuer with a slash more', { issuer: `${CI.issuer}/` }],
    ['upper case', { identity: CI.identity.toUpperCase() }],
  ])('%s', async (_what, change) => {
    expect(await codeOf(check(seal(good), { trusted: [{ ...CI, ...change }] }))).toBe('signature_identity_unknown');
  });

  test('nobody at all, or one who was revoked before', async () => {
    expect(await codeOf(check(seal(good), { trusted: [] }))).toBe('signature_identity_unknown');
    expect(await codeOf(check(seal(good), { revokedAt: new Date(1).toISOString() }))).toBe(
      'signature_identity_unknown',
    );
  });
});

test('one signature is one, whatever number is asked for', async () => {
  expect(await codeOf(check(seal(good), { threshold: 2 }))).toBe('signature_threshold');
});

describe('a bundle is refused:', () => {
  const flip = (base64: string, at = 5) => {
    const bytes = Buffer.from(base64, 'base64');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes.toString('base64');
  };
  test.each<[string, (bundle: SerializedBundle) => unknown, string[]]>([
    ['by another Sigstore', async () => (await privateSigstore()).sign(statement, CI), ['signature_invalid']],
    [
      'another payload',
      async (bundle) => {
        const other = await sigstore.sign({ ...statement, predicate: {} }, CI);
        bundle.dsseEnvelope.payload = other.dsseEnvelope.payload;
        return bundle;
      },
      ['signature_invalid'],
    ],
    [
      'another’s certificate',
      async (bundle) => {
        const other = await sigstore.sign(statement, { ...CI, identity: 'https://evil.example/ci' });
        bundle.verificationMaterial.certificate = other.verificationMaterial.certificate;
        return bundle;
      },
      ['signature_invalid'],
    ],
    [
      'another’s log entry',
      async (bundle) => {
        const other = await sigstore.sign(statement, CI);
        bundle.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries;
        return bundle;
      },
      ['signature_invalid'],
    ],
    [
      'a flipped signature',
      (bundle) => {
        for (const each of bundle.dsseEnvelope.signatures) each.sig = flip(each.sig, 10);
        return bundle;
      },
      ['signature_invalid'],
    ],
    [
      'no log entry',
      (bundle) => {
        bundle.verificationMaterial.tlogEntries = [];
        return bundle;
      },
      ['signature_invalid', 'signature_malformed'],
    ],
    [
      'an entry that the log does not promise',
      (bundle) => {
        const entry = entryOf(bundle);
        entry.inclusionPromise.signedEntryTimestamp = flip(entry.inclusionPromise.signedEntryTimestamp, 12);
        return bundle;
      },
      ['signature_invalid'],
    ],
    [
      'another time than was logged',
      (bundle) => {
        const entry = entryOf(bundle);
        entry.integratedTime = String(Number(entry.integratedTime) + 60);
        return bundle;
      },
      ['signature_invalid'],
    ],
    [
      'two signatures',
      (bundle) => {
        bundle.dsseEnvelope.signatures.push(...bundle.dsseEnvelope.signatures);
        return bundle;
      },
      ['signature_malformed'],
    ],
    [
      'another payload type',
      (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payloadType: 'text/plain' } }),
      ['signature_malformed'],
    ],
    [
      'a certificate of rubbish',
      (bundle) => {
        bundle.verificationMaterial.certificate.rawBytes = 'AAAA';
        return bundle;
      },
      ['signature_malformed'],
    ],
    ['another media type', (bundle) => ({ ...bundle, mediaType: 'application/json' }), ['signature_malformed']],
    ['nothing but its media type', ({ mediaType }) => ({ mediaType }), ['signature_malformed']],
    ['a media type that is no text', (bundle) => ({ ...bundle, mediaType: 7 }), ['signature_malformed']],
  ])('%s', async (_what, change, codes) => {
    expect(codes).toContain(await codeOf(check(seal(await change(copy())))));
  });

  test('signed, by its log, when its certificate did not hold', async () => {
    for (const [minutes, code] of [
      [5, 'none'],
      [15, 'signature_invalid'],
      [-15, 'signature_invalid'],
    ] as const) {
      const { sign, trustedRoot } = await privateSigstore(new Date(Date.now() + minutes * 60_000));
      expect(await codeOf(check(seal(await sign(statement, CI)), { root: trustedRoot })), String(minutes)).toBe(code);
    }
  });

  test('where no root is known', async () => {
    const policy = { keys: [], identities: [], threshold: 1 };
    expect(await codeOf(verifyPublisher(seal(good), { policy, at: new Date(), expected: {} }))).toBe(
      'signature_malformed',
    );
  });
});

test('the public instance’s root is one, and believes no private instance', async () => {
  expect(await codeOf(check(seal(good), { root: publicTrustedRoot() }))).toBe('signature_invalid');
  expect(() => openSigstore({})).toThrow();
  expect(() => openSigstore({ tlogs: [], certificateAuthorities: [], ctlogs: [] })).toThrow();
});
