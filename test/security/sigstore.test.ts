/** Versions that a workflow signs without a key, against a Sigstore of the test's own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishStatement } from '@paddock/bundle';
import { followVersion, unwrap, type Version } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paddockIn } from '../../apps/cli/src/runCli.testing.js';
import {
  type PrivateSigstore,
  privateSigstore,
  type SigningIdentity,
} from '../../packages/bundle/src/sigstore.testing.js';
import { send } from '../support/http.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, packPlugin, registerKey, type TestPlugin } from '../support/plugins.js';
import { type TestOrganization, testStack } from '../support/stack.js';
import { multipart, postUpload } from '../support/uploads.js';

const ISSUER = 'https://token.actions.githubusercontent.com';
const WORKFLOW = 'https://github.com/acme/hello/.github/workflows/release.yml@refs/heads/main';
const CI: SigningIdentity = { issuer: ISSUER, identity: WORKFLOW };

let stack: OwnStack;
let sigstore: PrivateSigstore;
let folder: string;
let rootFile: string;

beforeAll(async () => {
  sigstore = await privateSigstore();
  folder = await mkdtemp(join(tmpdir(), 'paddock-sigstore-'));
  rootFile = join(folder, 'trusted_root.json');
  await writeFile(rootFile, JSON.stringify(sigstore.trustedRoot));
  stack = await startOwnStack({ environment: { PADDOCK_SIGSTORE_TRUSTED_ROOT_FILE: rootFile } });
});
afterAll(async () => {
  await stack.end();
  await rm(folder, { recursive: true });
});

const statementOf = ({ plugin, version, packed }: TestPlugin) =>
  publishStatement({ plugin, version, files: packed.files, sha256: packed.sha256 });

const upload = (
  publisher: TestOrganization,
  { packed }: TestPlugin,
  signature: unknown,
  on: Pick<OwnStack, 'apiUrl'> = stack,
) =>
  postUpload(
    on as OwnStack,
    publisher,
    multipart([
      { name: 'signature', data: JSON.stringify(signature) },
      { name: 'bundle', data: packed.bytes },
    ]),
  );

const trust = (publisher: TestOrganization, { issuer, identity }: SigningIdentity) =>
  unwrap(publisher.client.POST('/v1/trusted-publishers', { body: { name: 'release', issuer, identity } }));

async function published(publisher: TestOrganization, name: string): Promise<Version> {
  const made = await packPlugin(publisher.slug, { name });
  const answer = await upload(publisher, made, await sigstore.sign(statementOf(made), CI));
  expect([answer.status, answer.code]).toEqual([202, undefined]);
  const { id, state, sha256 } = await followVersion(publisher.client, String(answer.json['id']));
  expect(state).toBe('accepted');
  return unwrap(publisher.client.POST('/v1/versions/{id}/publish', { params: { path: { id } }, body: { sha256 } }));
}

describe('a version that a trusted workflow signed', () => {
  it('is published, runs, and is proven offline', async () => {
    const [publisher, tenant] = [await stack.createOrganization('keyless'), await stack.createOrganization('tenant')];
    await trust(publisher, CI);
    const version = await published(publisher, 'hello');
    expect(version.signers).toEqual([{ type: 'sigstore', ...CI }]);
    const body = { plugin: version.plugin, isolation: 'run' } as const;
    const install = await unwrap(tenant.client.POST('/v1/installs', { body }));
    expect((await callTool(tenant, install.id, 'echo', { a: 1 })).state).toBe('succeeded');

    const paddock = paddockIn(folder, { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: tenant.apiKey });
    expect((await paddock(['pull', version.plugin, '-o', 'hello.tgz'])).exitCode).toBe(0);
    const keys = ['--keys', `${stack.apiUrl}/.well-known/paddock-keys.json`];
    const proven = await paddock(['verify', 'hello.tgz', ...keys, '--trusted-root', rootFile, '--json']);
    expect(JSON.parse(proven.stdout)).toMatchObject({ verdict: 'proven', signers: [`${WORKFLOW} (${ISSUER})`] });
    const elsewhere = await paddock(['verify', 'hello.tgz', ...keys, '--json']);
    expect([elsewhere.exitCode, JSON.parse(elsewhere.stdout)]).toMatchObject([1, { verdict: 'refuted' }]);
  });

  it('goes when its workflow is not trusted since before the registry saw it; what it saw earlier stays', async () => {
    const [publisher, tenant] = [await stack.createOrganization('keyless'), await stack.createOrganization('tenant')];
    const { id } = await trust(publisher, CI);
    const before = await published(publisher, 'before');
    const since = new Date();
    const after = await published(publisher, 'after');
    const params = { path: { id } };
    const body = { reason: 'hijacked', since: since.toISOString() };
    const revoked = await unwrap(publisher.client.POST('/v1/trusted-publishers/{id}/revoke', { params, body }));
    expect(revoked).toMatchObject({ revocationReason: 'hijacked', withdrawnVersions: [after.id] });
    const install = (plugin: string) => tenant.client.POST('/v1/installs', { body: { plugin, isolation: 'run' } });
    expect((await install(after.plugin)).error?.code).toBe('not_found');
    const kept = await unwrap(install(before.plugin));
    expect((await callTool(tenant, kept.id, 'echo', {})).state).toBe('succeeded');
    const made = await packPlugin(publisher.slug, { name: 'late' });
    const late = await upload(publisher, made, await sigstore.sign(statementOf(made), CI));
    expect([late.status, late.code]).toEqual([422, 'signature_identity_unknown']);
    const query = { event: 'trusted_publisher.revoked' as const };
    const { items } = await unwrap(publisher.client.GET('/v1/audit/events', { params: { query } }));
    expect(items.map(({ data }) => data)).toEqual([{ ...body, withdrawnVersions: [after.id] }]);
  });
});

describe('an upload is refused', () => {
  let publisher: TestOrganization;
  let made: TestPlugin;
  beforeAll(async () => {
    publisher = await stack.createOrganization('keyless');
    made = await packPlugin(publisher.slug, { name: 'refused' });
    await trust(publisher, CI);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'that another workflow signed',
      () => sigstore.sign(statementOf(made), { ...CI, identity: `${WORKFLOW}-2` }),
      'signature_identity_unknown',
    ],
    [
      'that another issuer vouches for',
      () => sigstore.sign(statementOf(made), { ...CI, issuer: 'https://issuer.test' }),
      'signature_identity_unknown',
    ],
    [
      'that another Sigstore vouches for',
      async () => (await privateSigstore()).sign(statementOf(made), CI),
      'signature_invalid',
    ],
    [
      'whose signature is over other bytes',
      async () =>
        sigstore.sign(
          { ...statementOf(made), subject: [{ ...statementOf(made).subject[0], digest: { sha256: '0'.repeat(64) } }] },
          CI,
        ),
      'statement_digest_mismatch',
    ],
    [
      'that names another publisher',
      async () => sigstore.sign(statementOf(await packPlugin('somebody-else', { name: 'refused' })), CI),
      'statement_name_mismatch',
    ],
    ['that holds no statement of ours', () => sigstore.sign({ predicateType: 'x' }, CI), 'statement_malformed'],
    [
      'without an entry in the log',
      async () => {
        const bundle = await sigstore.sign(statementOf(made), CI);
        bundle.verificationMaterial.tlogEntries = [];
        return bundle;
      },
      'signature_invalid',
    ],
    [
      'that is a Sigstore bundle by its media type alone',
      async () => ({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }),
      'signature_malformed',
    ],
  ])('%s', async (_what, sign, code) => {
    const answer = await upload(publisher, made, await sign());
    expect([answer.status, answer.code]).toEqual([422, code]);
  });

  it('where two signatures are required', async () => {
    await registerKey(publisher, 'one');
    await registerKey(publisher, 'two');
    const change = (signatureThreshold: number) =>
      send(stack, '/v1/organization', { method: 'PATCH', key: publisher.apiKey, body: { signatureThreshold } });
    expect((await change(2)).status).toBe(200);
    const answer = await upload(publisher, made, await sigstore.sign(statementOf(made), CI));
    expect([answer.status, answer.code]).toEqual([422, 'signature_threshold']);
    expect((await change(1)).status).toBe(200);
  });

  it('by a registry that believes the public instance alone', async () => {
    const shared = await testStack();
    const other = await shared.createOrganization('keyless');
    const theirs = await packPlugin(other.slug, { name: 'public' });
    await trust(other, CI);
    const answer = await upload(other, theirs, await sigstore.sign(statementOf(theirs), CI), shared);
    expect([answer.status, answer.code]).toEqual([422, 'signature_invalid']);
  });
});
