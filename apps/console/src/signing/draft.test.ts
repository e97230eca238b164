import { generateKeyPair, importPrivateKey, packBundle } from '@paddock/bundle';
import { describe, expect, it } from 'vitest';
import { publicHalfOf } from './browserKey.js';
import { draftFromBundle, draftFromFolder } from './draft.js';
import { readTarEntry } from './readTarEntry.js';

const MANIFEST = {
  name: 'acme/words',
  version: '1.0.0',
  description: 'Counts words.',
  runtime: 'node',
  entry: 'src/main.mjs',
  tools: [{ name: 'count', description: 'Counts.', inputSchema: { type: 'object' } }],
};

const chosen = (path: string, text: string) => ({ path, file: new File([text], path.split('/').at(-1) ?? path) });
const folder = (manifest: object = MANIFEST) => [
  chosen('plugin.json', JSON.stringify(manifest)),
  chosen('src/main.mjs', 'export {};'),
  chosen('.env', 'TOKEN=1'),
  chosen('.git/HEAD', 'ref'),
];

async function newKey() {
  const { privateKeyPem, publicKey, keyId } = await generateKeyPair();
  const browserKey = {
    keyId,
    publicKey,
    privateKey: await importPrivateKey(privateKeyPem),
    origin: 'generated',
    createdAt: new Date(),
  } as const;
  const trusted = { keyId, publicKey, validFrom: new Date(0).toISOString(), validUntil: null, revokedAt: null };
  return { privateKeyPem, publicKey, browserKey, trusted };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  );

describe('draftFromFolder', () => {
  it('packs and signs a folder, and leaves hidden files behind', async () => {
    const { browserKey } = await newKey();
    const draft = await draftFromFolder(folder(), browserKey, 'acme');
    expect(draft).toMatchObject({
      plugin: 'acme/words',
      version: '1.0.0',
      leftOut: ['.env', '.git/HEAD'],
      keyIds: [browserKey.keyId],
    });
    expect(draft.files.map(({ path }) => path)).toEqual(['plugin.json', 'src/main.mjs']);
  });

  it.each([
    ['another publisher’s name', folder({ ...MANIFEST, name: 'other/words' }), 'statement_name_mismatch'],
    ['a manifest with an unknown key', folder({ ...MANIFEST, image: 'x' }), 'manifest_invalid'],
    ['no manifest', [chosen('main.mjs', '')], 'manifest_missing'],
    ['a manifest that is no JSON', [chosen('plugin.json', '{')], 'manifest_not_json'],
    ['an entry that is not there', folder({ ...MANIFEST, entry: 'other.mjs' }), 'manifest_entry_missing'],
  ])('refuses %s', async (_name, files, code) => {
    const { browserKey } = await newKey();
    expect(await codeOf(draftFromFolder(files, browserKey, 'acme'))).toBe(code);
  });
});

it('never packs a private key, whatever its file is called', async () => {
  const { browserKey, privateKeyPem } = await newKey();
  const files = [...folder(), chosen('src/config.mjs', `export const key = ${JSON.stringify(privateKeyPem)};`)];
  await expect(draftFromFolder(files, browserKey, 'acme')).rejects.toThrow('src/config.mjs');
  expect(
    await draftFromFolder(
      [...folder(), chosen('src/a.mjs', "const head = '-----BEGIN PRIVATE KEY-----';")],
      browserKey,
      'acme',
    ),
  ).toBeDefined();
});

describe('draftFromBundle', () => {
  it('takes what draftFromFolder signed, and no other bytes or key', async () => {
    const { browserKey, trusted } = await newKey();
    const made = await draftFromFolder(folder(), browserKey, 'acme');
    const bundle = new File([made.bundle], 'words.tgz');
    const signature = new File([made.envelope], 'words.sig.json');
    expect(await draftFromBundle(bundle, signature, { keys: [trusted], threshold: 1 }, 'acme')).toMatchObject({
      sha256: made.sha256,
      files: made.files,
      manifest: made.manifest,
    });
    expect(
      await codeOf(draftFromBundle(new File(['x'], 'x.tgz'), signature, { keys: [trusted], threshold: 1 }, 'acme')),
    ).toBe('statement_digest_mismatch');
    const check = (keys: (typeof trusted)[], threshold: number) =>
      codeOf(draftFromBundle(bundle, signature, { keys, threshold }, 'acme'));
    expect(await check([], 1)).toBe('signature_key_unknown');
    expect(await check([trusted], 2)).toBe('signature_threshold');
    expect(await codeOf(draftFromBundle(bundle, signature, { keys: [trusted], threshold: 1 }, 'other'))).toBe(
      'statement_name_mismatch',
    );
  });
});

describe('readTarEntry', () => {
  it('finds a file by its whole path, however long', async () => {
    const long = `${'folder/'.repeat(20)}file.txt`;
    const { bytes } = await packBundle([
      { path: long, data: new TextEncoder().encode('here') },
      { path: 'a', data: new Uint8Array(700) },
    ]);
    expect(new TextDecoder().decode(await readTarEntry(new Blob([bytes]), long))).toBe('here');
    expect(await readTarEntry(new Blob([bytes]), 'file.txt')).toBeUndefined();
  });

  it('refuses what is no gzip', async () => {
    expect(await codeOf(readTarEntry(new Blob(['plain']), 'a'))).toBe('bundle_not_gzip');
  });
});

it('publicHalfOf finds the public key of a PEM', async () => {
  const { privateKeyPem, publicKey } = await newKey();
  expect(await publicHalfOf(privateKeyPem)).toBe(publicKey);
});
