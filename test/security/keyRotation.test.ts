/** The registry changes its own key while it works, and loses one. */
import { copyFile, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvelope } from '@paddock/bundle';
import { unwrap } from '@paddock/client';
import type { RegistryKeys } from '@paddock/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paddockIn } from '../../apps/cli/src/runCli.testing.js';
import { send } from '../support/http.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';

const POLL = { timeout: 60_000, interval: 500 };

let stack: OwnStack;
beforeAll(async () => {
  stack = await startOwnStack();
});
afterAll(() => stack.end());

/** A plugin whose every run gets a sandbox of its own, for which all signatures are checked anew. */
async function plugin() {
  const { publisher, tenant, install, version } = await installedPlugin(stack, {}, { isolation: 'run' });
  const run = () => callTool(tenant, install.id, 'echo', {});
  const countersignedBy = async () => {
    const { text } = await send(stack, `/v1/versions/${version.id}/countersignature`, { key: tenant.apiKey });
    return readEnvelope(Buffer.from(text)).signatures[0]?.keyid;
  };
  return { run, publisher, version, countersignedBy };
}

const idsOf = (stdout: string) => (JSON.parse(stdout) as { items: { id: string }[] }).items.map(({ id }) => id);

const published = async () => (await send(stack, '/.well-known/paddock-keys.json')).json as unknown as RegistryKeys;

it('changes its key without a run that fails, and what the old key countersigned stays good until that key is revoked', async () => {
  const { registryKeyFile, registryPublicKeysFile: file } = stack.running.settings.keys;
  const folder = join(stack.scratchFolder, 'rotation');
  const privateKey = `${registryKeyFile}.new`;
  const paddock = paddockIn(stack.scratchFolder);
  const change = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await paddock(['registry-keys', ...args, '--file', file, '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as RegistryKeys;
  };
  await rm(folder, { recursive: true, force: true });

  const old = await plugin();
  const [first] = (await published()).keys;
  expect(first).toMatchObject({ keyId: await old.countersignedBy(), validUntil: null, revokedAt: null });

  // Somebody calls all the while.
  let calls = 0;
  let rotating = true;
  const states = new Set<string>();
  const caller = (async () => {
    while (rotating) {
      states.add((await old.run()).state);
      calls++;
    }
  })();
  try {
    const { keys } = await change('add', '--out', privateKey);
    expect(await published()).toEqual({ keys });
    expect(keys).toHaveLength(2);
    await rename(privateKey, registryKeyFile);
    const young = await plugin();
    expect(await young.countersignedBy()).toBe(keys[1]?.keyId);
    expect((await young.run()).state).toBe('succeeded');

    await change('retire', first?.keyId ?? '');
    expect((await published()).keys[0]?.validUntil).not.toBeNull();
    expect((await old.run()).state).toBe('succeeded');
    rotating = false;
    await caller;
    expect([...states]).toEqual(['succeeded']);
    expect(calls).toBeGreaterThan(2);

    await change('revoke', first?.keyId ?? '', '--since', new Date(0).toISOString());
    // A sandbox that was made before may take one run more, for some seconds.
    await expect.poll(async () => (await old.run()).error?.code, POLL).toBe('countersignature_invalid');
    expect((await young.run()).state).toBe('succeeded');

    // What the revoked key countersigned is verified anew, and runs again by the other key's word.
    const admin = paddockIn(stack.scratchFolder, { PADDOCK_URL: stack.apiUrl, PADDOCK_API_KEY: stack.adminKey });
    const asked = await admin(['reverify', '--countersigned-by', first?.keyId ?? '', '--json']);
    expect(idsOf(asked.stdout)).toEqual([old.version.id]);
    await expect.poll(async () => (await old.run()).state, POLL).toBe('succeeded');
    expect(await old.countersignedBy()).toBe(keys[1]?.keyId);
    const params = { path: { id: old.version.id } };
    const { verdict, state, verificationRequestedAt } = await unwrap(
      stack.admin.client.GET('/v1/versions/{id}', { params }),
    );
    expect({ verdict, state, verificationRequestedAt }).toEqual({
      ...{ verdict: 'accepted', state: 'published', verificationRequestedAt: null },
    });
    const query = { event: 'version.verification_requested' as const };
    const { items } = await unwrap(old.publisher.client.GET('/v1/audit/events', { params: { query } }));
    expect(items.map(({ subject }) => subject.id)).toEqual([old.version.id]);
    expect(idsOf((await admin(['reverify', '--countersigned-by', first?.keyId ?? '', '--json'])).stdout)).toEqual([]);
  } finally {
    rotating = false;
    await caller;
  }
});

it('runs nothing while its public keys can’t be read, and goes on when they can', async () => {
  const { registryPublicKeysFile: file } = stack.running.settings.keys;
  const { run } = await plugin();
  const kept = await readFile(file, 'utf8');
  await copyFile(file, `${file}.kept`);
  await rename(file, `${file}.away`);
  const { status, code } = await send(stack, '/.well-known/paddock-keys.json');
  expect([status, code]).toEqual([503, 'unavailable']);
  const running = run();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await rename(`${file}.kept`, file);
  const settled = await running;
  expect(['succeeded', 'refused']).toContain(settled.state);
  expect(await readFile(file, 'utf8')).toBe(kept);
  expect((await run()).state).toBe('succeeded');
});
