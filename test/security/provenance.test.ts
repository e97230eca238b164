/** Where and how a version was built, as a workflow states by a Sigstore of the test's own: checked, shown, and no more than that. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GeneratedKey } from '@paddock/bundle';
import { followVersion, unwrap, type Version } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paddockIn } from '../../apps/cli/src/runCli.testing.js';
import {
  BUILD_TYPE,
  BUILDER,
  COMMIT,
  REPOSITORY,
  slsaStatement,
} from '../../packages/bundle/src/provenance.testing.js';
import {
  type PrivateSigstore,
  privateSigstore,
  type SigningIdentity,
} from '../../packages/bundle/src/sigstore.testing.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { type PluginSource, packPlugin, registerKey, signPlugin, type TestPlugin } from '../support/plugins.js';
import type { TestOrganization } from '../support/stack.js';
import { multipart, postUpload } from '../support/uploads.js';

const WORKFLOW = 'https://github.com/acme/hello/.github/workflows/release.yml';
const CI: SigningIdentity = {
  issuer: 'https://token.actions.githubusercontent.com',
  identity: `${WORKFLOW}@refs/tags/v1.0.0`,
};
const STATED = {
  builder: BUILDER,
  buildType: BUILD_TYPE,
  source: { repository: REPOSITORY, commit: COMMIT },
  signers: [{ type: 'sigstore', ...CI }],
};
const SENTENCE = `Built by ${BUILDER} from ${REPOSITORY} at ${COMMIT}, as ${CI.identity} (${CI.issuer}) states; says nothing of safety.`;

let stack: OwnStack;
let sigstore: PrivateSigstore;
let folder: string;
let rootFile: string;
let publisher: TestOrganization;
let tenant: TestOrganization;
let key: GeneratedKey;

beforeAll(async () => {
  sigstore = await privateSigstore();
  folder = await mkdtemp(join(tmpdir(), 'paddock-provenance-'));
  rootFile = join(folder, 'trusted_root.json');
  await writeFile(rootFile, JSON.stringify(sigstore.trustedRoot));
  stack = await startOwnStack({ environment: { PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE: rootFile } });
  [publisher, tenant] = [await stack.createOrganization('built'), await stack.createOrganization('tenant')];
  key = await registerKey(publisher);
});
afterAll(async () => {
  await stack.end();
  await rm(folder, { recursive: true });
});

/** A GitHub workflow's provenance of a plugin, as its attestation action makes it. */
const attest = ({ packed }: TestPlugin, options?: Parameters<typeof slsaStatement>[1], by = CI) =>
  sigstore.sign(slsaStatement(packed.sha256, options), by);

const upload = async (made: TestPlugin, provenance: unknown) =>
  postUpload(
    stack,
    publisher,
    multipart([
      { name: 'signature', data: await signPlugin(made, { key }) },
      ...(provenance === undefined ? [] : [{ name: 'provenance', data: JSON.stringify(provenance) }]),
      { name: 'bundle', data: made.packed.bytes },
    ]),
  );

async function verified(source: PluginSource, attach: (made: TestPlugin) => unknown): Promise<Version> {
  const made = await packPlugin(publisher.slug, source);
  const { status, json } = await upload(made, await attach(made));
  expect(status).toBe(202);
  return followVersion(publisher.client, String(json['id']));
}

const without = () => undefined;

it('it is attached by paddock publish, shown to everybody, and checked offline', async () => {
  const made = await packPlugin(publisher.slug, { name: 'hello' });
  await writeFile(join(folder, 'hello.tgz'), made.packed.bytes);
  await writeFile(join(folder, 'signature.json'), await signPlugin(made, { key }));
  await writeFile(join(folder, 'provenance.json'), JSON.stringify(await attest(made)));
  const publishing = paddockIn(folder, { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: publisher.apiKey });
  const parts = ['--bundle', 'hello.tgz', '--signature', 'signature.json', '--provenance', 'provenance.json'];
  const published = await publishing(['publish', ...parts]);
  expect([published.exitCode, published.stdout]).toEqual([0, expect.stringContaining(SENTENCE)]);

  const query = { plugin: made.plugin };
  const [listed] = (await unwrap(publisher.client.GET('/v1/versions', { params: { query } }))).items;
  const path = { id: listed?.id as string };
  const version = await unwrap(tenant.client.GET('/v1/versions/{id}', { params: { path } }));
  expect(version).toMatchObject({ state: 'published', verdict: 'accepted', findings: [], provenance: STATED });
  expect(version.evidence.map(({ name }) => name)).toContain('provenance');

  const paddock = paddockIn(folder, { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: tenant.apiKey });
  const pulled = await paddock(['pull', made.plugin, '-o', 'pulled.tgz']);
  expect([pulled.exitCode, pulled.stdout]).toEqual([0, expect.stringContaining('pulled.tgz.provenance.json')]);
  const keys = ['--keys', `${stack.apiUrl}/.well-known/paddock-keys.json`];
  const verify = ['verify', 'pulled.tgz', ...keys, '--trusted-root', rootFile];
  const proven = await paddock([...verify, '--json']);
  expect(JSON.parse(proven.stdout)).toMatchObject({ verdict: 'proven', provenance: STATED });
  expect((await paddock(verify)).stdout).toContain(SENTENCE);

  // By a Sigstore that is not believed here, it shows nothing.
  const elsewhere = await paddock(['verify', 'pulled.tgz', ...keys, '--json']);
  expect(failures(elsewhere.stdout)).toEqual([['provenance', 'provenance_signature_invalid']]);
  expect(JSON.parse(elsewhere.stdout)).toMatchObject({ verdict: 'refuted', provenance: null });
  const file = join(folder, 'pulled.tgz.provenance.json');
  const document = await readFile(file, 'utf8');
  await writeFile(file, document.replace('hello', 'other'));
  const changed = await paddock([...verify, '--json']);
  expect(failures(changed.stdout)).toEqual([['provenance', 'provenance_digest_mismatch']]);
  await rm(file);
  expect((await paddock(verify)).exitCode).toBe(2);
});

const failures = (stdout: string) =>
  (JSON.parse(stdout) as { checks: { name: string; result: string; code: string }[] }).checks
    .filter(({ result }) => result === 'fails')
    .map(({ name, code }) => [name, code]);

describe('an upload is refused, and stays to be tried again,', () => {
  it.each<[string, string, (made: TestPlugin) => Promise<unknown>]>([
    [
      'when another Sigstore vouches for the workflow',
      'provenance_signature_invalid',
      async ({ packed }) => (await privateSigstore()).sign(slsaStatement(packed.sha256), CI),
    ],
    [
      'when the workflow built other bytes',
      'provenance_digest_mismatch',
      () => sigstore.sign(slsaStatement('0'.repeat(64)), CI),
    ],
    [
      'when the workflow states something else',
      'provenance_malformed',
      ({ packed }) =>
        sigstore.sign({ ...slsaStatement(packed.sha256), predicateType: 'https://in-toto.io/attestation/release' }, CI),
    ],
  ])('%s: %s', async (what, code, attached) => {
    const made = await packPlugin(publisher.slug, { name: 'refused', files: { 'what.txt': what } });
    const answer = await upload(made, await attached(made));
    expect([answer.status, answer.code]).toEqual([422, code]);
  });

  it('when it comes later than the version, or is another one', async () => {
    const late = await packPlugin(publisher.slug, { name: 'late' });
    expect((await upload(late, undefined)).status).toBe(202);
    const answer = await upload(late, await attest(late));
    expect([answer.status, answer.code]).toEqual([409, 'version_exists']);
    const early = await packPlugin(publisher.slug, { name: 'early' });
    const provenance = await attest(early);
    expect((await upload(early, provenance)).status).toBe(202);
    expect((await upload(early, provenance)).status).toBe(200);
    expect((await upload(early, undefined)).json).toMatchObject({ provenance: STATED });
    expect((await upload(early, await attest(early))).code).toBe('version_exists');
  });
});

describe('it says nothing of safety:', () => {
  it.each<[verdict: string, name: string, source: PluginSource]>([
    ['review', 'shell', { files: { 'more.py': 'import os, requests\nos.system(requests.get(url).text)' } }],
    ['rejected', 'lying', { main: 'process.exit(1)', manifest: { runtime: 'native', entry: 'main.mjs' } }],
  ])('a hostile version with a perfect one is in %s as it is without', async (verdict, name, source) => {
    const plain = await verified({ ...source, name: `${name}-plain` }, without);
    const built = await verified({ ...source, name: `${name}-built` }, attest);
    expect(built.provenance).toEqual(STATED);
    const judged = ({ state, findings }: Version) => ({
      state,
      findings: findings.map(({ rule, severity }) => [rule, severity]),
    });
    expect(judged(built)).toEqual(judged(plain));
    expect(plain.verdict).toBe(verdict);
  });
});

it('the next version tells when it has none, or comes from elsewhere; nothing is held up by that', async () => {
  const next = (number: number, attach: (made: TestPlugin) => unknown) =>
    verified({ name: 'next', version: `1.${number}.0` }, attach);
  const { id, sha256, verdict } = await next(0, attest);
  expect(verdict).toBe('accepted');
  await unwrap(publisher.client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: { sha256 } }));
  const same = await next(1, (made) => attest(made, {}, { ...CI, identity: `${WORKFLOW}@refs/tags/v1.1.0` }));
  expect(same).toMatchObject({ verdict: 'accepted', findings: [] });
  const bare = await next(2, without);
  expect(bare).toMatchObject({ verdict: 'accepted', findings: [{ rule: 'provenance-missing', severity: 'low' }] });
  const moved = await next(3, (made) => attest(made, { repository: 'https://github.com/evil/hello' }));
  expect(moved).toMatchObject({ verdict: 'accepted', findings: [{ rule: 'provenance-changed', severity: 'low' }] });
  expect(moved.findings[0]?.message).toContain('https://github.com/evil/hello');
});
