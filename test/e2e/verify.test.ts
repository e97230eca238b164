import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GeneratedKey, generateKeyPair, publicKeyPem, registryKeysDocument } from '@paddock/bundle';
import { followVersion, unwrap, uploadVersion, type Version } from '@paddock/client';
import type { RegistryKeys } from '@paddock/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { paddockIn } from '../../apps/cli/src/runCli.testing.js';
import { packPlugin, registerKey, signPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
let publisher: TestOrganization;
let key: GeneratedKey;
let version: Version;
let folder: string;
let paddock: ReturnType<typeof paddockIn>;

const BUNDLE = 'pulled.tgz';
const file = (name: string) => join(folder, name);
const read = async (name: string) => JSON.parse(await readFile(file(name), 'utf8')) as Record<string, unknown>;

async function published(number: string): Promise<Version> {
  const made = await packPlugin(publisher.slug, { name: 'verified', version: number });
  const { id } = await uploadVersion(
    { url: stack.apiUrl, apiKey: publisher.apiKey },
    {
      signature: await signPlugin(made, { key }),
      bundle: new Blob([made.packed.bytes as Uint8Array<ArrayBuffer>]),
    },
  );
  const { sha256 } = await followVersion(publisher.client, id);
  return unwrap(publisher.client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: { sha256 } }));
}

beforeAll(async () => {
  stack = await testStack();
  folder = await mkdtemp(join(tmpdir(), 'paddock-verify-'));
  publisher = await stack.createOrganization('verified');
  const tenant = await stack.createOrganization('reader');
  paddock = paddockIn(folder, { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: tenant.apiKey });
  key = await registerKey(publisher);
  version = await published('1.0.0');
  await published('1.1.0');
  for (const [spec, out] of [
    [`${version.plugin}@1.0.0`, BUNDLE],
    [version.plugin, 'newer.tgz'],
  ] as const) {
    const pulled = await paddock(['pull', spec, '-o', out, '--json']);
    expect([pulled.stderr, pulled.exitCode]).toEqual(['', 0]);
  }
  const keys = await (await fetch(`${stack.apiUrl}/.well-known/paddock-keys.json`)).text();
  await writeFile(file('keys.json'), keys);
  await writeFile(file('publisher.pem'), publicKeyPem(key.publicKey));
  await writeFile(file('stranger.pem'), publicKeyPem((await generateKeyPair()).publicKey));
  return () => rm(folder, { recursive: true });
});

/** Offline: neither server nor key is known to it. */
async function verify(bundle: string, ...args: string[]) {
  const { exitCode, stdout } = await paddockIn(folder)(['verify', bundle, ...args, '--json']);
  const { verdict, checks, ...rest } = JSON.parse(stdout) as {
    verdict: string;
    checks: { name: string; result: string; code: string | null }[];
    registry: { verdict: string; scanners: { name: string }[] } | null;
    signers: string[];
  };
  const not = (result: string) =>
    checks.filter((check) => check.result === result).map(({ name, code }) => [name, code]);
  return { exitCode, verdict, fails: not('fails'), unknown: not('unknown').map(([name]) => name), ...rest };
}

describe('what was pulled', () => {
  it('is proven by the registry’s public keys alone, offline', async () => {
    const check = await verify(BUNDLE, '--keys', 'keys.json');
    expect(check).toMatchObject({ exitCode: 0, verdict: 'proven', fails: [], unknown: [], signers: [key.keyId] });
    expect(check.registry).toMatchObject({ verdict: 'accepted', plugin: version.plugin, version: '1.0.0' });
    expect(check.registry?.scanners.map(({ name }) => name)).toContain('paddock-scanner');
  });

  it('is proven with the keys’ address too, and with a key that is known to be the publisher’s', async () => {
    const url = `${stack.apiUrl}/.well-known/paddock-keys.json`;
    expect(await verify(BUNDLE, '--keys', url)).toMatchObject({ exitCode: 0 });
    const pinned = ['--keys', 'keys.json', '--publisher-key', 'publisher.pem'];
    expect(await verify(BUNDLE, ...pinned)).toMatchObject({ exitCode: 0, signers: [key.keyId] });
    expect(await verify(BUNDLE, '--keys', 'keys.json', '--publisher-key', 'stranger.pem')).toMatchObject({
      exitCode: 1,
      fails: [['publisher', 'signature_key_unknown']],
    });
  });

  it('is incomplete where there is nothing to check a part with', async () => {
    expect(await verify(BUNDLE)).toMatchObject({
      exitCode: 2,
      verdict: 'incomplete',
      fails: [],
      unknown: ['countersignature', 'publisher'],
    });
    await writeFile(file('bare.tgz'), await readFile(file(BUNDLE)));
    expect(await verify('bare.tgz', '--keys', 'keys.json')).toMatchObject({
      exitCode: 2,
      unknown: ['statement', 'countersignature', 'publisher'],
    });
  });
});

describe('it is refuted', () => {
  const keys = ['--keys', 'keys.json'];

  it('when a byte of the bundle is another', async () => {
    const bytes = await readFile(file(BUNDLE));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file('flipped.tgz'), bytes);
    const parts = ['--signature', `${BUNDLE}.sig.json`, '--countersignature', `${BUNDLE}.countersig.json`];
    const { exitCode, fails } = await verify('flipped.tgz', ...parts, '--signers', `${BUNDLE}.signers.json`, ...keys);
    expect(exitCode).toBe(1);
    expect(fails).toContainEqual(['statement', 'statement_digest_mismatch']);
  });

  it.each([
    ['the signature is another version’s', '--signature', 'sig', 'statement', 'statement_digest_mismatch'],
    [
      'the countersignature is another version’s',
      '--countersignature',
      'countersig',
      'countersignature',
      'countersignature_invalid',
    ],
    ['the signers are another version’s', '--signers', 'signers', 'publisher', 'statement_digest_mismatch'],
  ])('when %s', async (_what, option, part, name, code) => {
    const check = await verify(BUNDLE, option, `newer.tgz.${part}.json`, ...keys);
    expect(check.exitCode).toBe(1);
    expect(check.fails).toContainEqual([name, code]);
  });

  it('when the registry’s key is another, not valid then, or revoked since any time', async () => {
    const { keys: own } = (await read('keys.json')) as unknown as RegistryKeys;
    const stranger = await generateKeyPair();
    const times = { validFrom: new Date(0).toISOString(), validUntil: null, revokedAt: null };
    const sets: RegistryKeys[] = [
      registryKeysDocument([{ ...stranger, ...times }]),
      { keys: own.map((each) => ({ ...each, validUntil: version.createdAt })) },
      { keys: own.map((each) => ({ ...each, revokedAt: new Date().toISOString() })) },
    ];
    for (const set of sets) {
      await writeFile(file('other-keys.json'), JSON.stringify(set));
      const check = await verify(BUNDLE, '--keys', 'other-keys.json');
      expect(check).toMatchObject({ exitCode: 1, registry: null });
      expect(check.fails).toEqual([['countersignature', 'countersignature_invalid']]);
    }
  });

  it('by no list of keys that is none', async () => {
    await writeFile(file('no-keys.json'), JSON.stringify({ keys: [] }));
    const { exitCode, stderr } = await paddockIn(folder)(['verify', BUNDLE, '--keys', 'no-keys.json', '--json']);
    expect([exitCode, (JSON.parse(stderr) as { error: { code: string } }).error.code]).toEqual([
      5,
      'registry_keys_malformed',
    ]);
  });
});
