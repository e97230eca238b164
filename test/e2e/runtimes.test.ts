/** Every runtime through the API, on the real stack: by its SDK's example plugin, and by what `paddock init` makes. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LANGUAGES, templateFiles } from '@paddock/cli';
import { followRun, type Install, unwrap } from '@paddock/client';
import { processEnvironment, startStackProcess } from '@paddock/infra';
import { beforeAll, describe, expect, it } from 'vitest';
import { startOwnStack } from '../support/ownStack.js';
import { callTool, publishedFolder } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

const FOLDER = new URL('../fixtures/plugins/honest/', import.meta.url).pathname;

/** A real call of each example, what must come out, and one that must fail with the plugin's own code. */
const EXAMPLES = [
  {
    runtime: 'python',
    folder: 'text-stats',
    work: {
      tool: 'describe',
      input: { text: 'The cat sat. The dog ran away!', top: 1 },
      output: { words: 7, distinct: 6, sentences: 2, top: [{ word: 'the', count: 2 }] },
      logged: '7 words in 2 sentences',
    },
    failure: { tool: 'describe', input: { text: '...' }, code: 'text_empty: ' },
  },
  {
    runtime: 'native',
    folder: 'patterns',
    work: {
      tool: 'extract',
      input: { text: 'from ada@example.com\nto grace@example.org, cc', pattern: '(?P<user>\\w+)@[\\w.]+' },
      output: {
        lines: 2,
        found: 2,
        matches: [
          { line: 1, text: 'ada@example.com', groups: { user: 'ada' } },
          { line: 2, text: 'grace@example.org', groups: { user: 'grace' } },
        ],
      },
      logged: '2 places in 2 lines',
    },
    failure: { tool: 'extract', input: { text: 'a', pattern: '(' }, code: 'pattern_invalid: ' },
  },
] as const;

describe.each(LANGUAGES)('paddock init --runtime %s', (language) => {
  it('makes a plugin that is packed, published and run as it is', async () => {
    const stack = await testStack();
    const [publisher, tenant] = [await stack.createOrganization('publisher'), await stack.createOrganization('tenant')];
    const folder = await mkdtemp(join(tmpdir(), 'paddock-init-'));
    try {
      const { files } = templateFiles('acme/greeter', language);
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      const { plugin } = await publishedFolder(stack, publisher, folder);
      const install = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin, grants: {} } }));
      const run = await callTool(tenant, install.id, 'greet', { name: 'Ada' });
      expect(run).toMatchObject({ state: 'succeeded', output: { greeting: 'Hello, Ada!' } });
      expect(run.logs).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 300_000);
});

describe.each(EXAMPLES)('$runtime', ({ runtime, folder, work, failure }) => {
  let stack: TestStack;
  let tenant: TestOrganization;
  let install: Install;
  /** Another tenant, who has granted nothing. */
  let stranger: TestOrganization;
  let ungranted: Install;
  beforeAll(async () => {
    stack = await testStack();
    const publisher = await stack.createOrganization('publisher');
    tenant = await stack.createOrganization('tenant');
    const { plugin, manifest } = await publishedFolder(stack, publisher, `${FOLDER}${folder}`);
    expect(manifest).toMatchObject({ runtime });
    install = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin, grants: { kv: true } } }));
    stranger = await stack.createOrganization('stranger');
    ungranted = await unwrap(stranger.client.POST('/v1/installs', { body: { plugin, grants: {} } }));
  }, 300_000);

  it('does its work, and logs', async () => {
    const run = await callTool(tenant, install.id, work.tool, work.input);
    expect(run).toMatchObject({ state: 'succeeded', output: work.output });
    expect(run.logs.map(({ message }) => message)).toContain(work.logged);
  });

  it('tells a typed error by its code', async () => {
    const run = await callTool(tenant, install.id, failure.tool, failure.input);
    expect(run).toMatchObject({ state: 'failed', error: { code: 'tool_error' } });
    expect(run.error?.message).toContain(failure.code);
  });

  it('sees its deadline', async () => {
    const run = await callTool(tenant, install.id, 'nap', { seconds: 0 }, { timeoutMs: 9000 });
    expect(run.state).toBe('succeeded');
    const { remainingMs } = run.output as { remainingMs: number };
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(9000);
  });

  it('is told of a cancellation, wakes, and serves the next run', async () => {
    const started = await callTool(tenant, install.id, 'nap', { seconds: 30 }, { wait: 0 });
    const state = async () =>
      (await unwrap(tenant.client.GET('/v1/runs/{id}', { params: { path: { id: started.id } } }))).state;
    await expect.poll(state, { timeout: 20_000 }).toBe('running');
    await unwrap(tenant.client.POST('/v1/runs/{id}/cancel', { params: { path: { id: started.id } } }));
    expect(await followRun(tenant.client, started.id)).toMatchObject({ state: 'cancelled' });
    expect(await callTool(tenant, install.id, 'nap', { seconds: 0 })).toMatchObject({ state: 'succeeded' });
  });

  it('is ended at its deadline', async () => {
    const run = await callTool(tenant, install.id, 'nap', { seconds: 30 }, { timeoutMs: 1500 });
    expect(run).toMatchObject({ state: 'timed_out', error: { code: 'deadline_exceeded' } });
  });

  it('is answered by a host service that was granted', async () => {
    const word = randomUUID();
    for (const times of [1, 2]) {
      expect(await callTool(tenant, install.id, 'remember', { word })).toMatchObject({ output: { times } });
    }
  });

  it('is refused a host service that was not granted', async () => {
    const run = await callTool(stranger, ungranted.id, 'remember', { word: 'x' });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'tool_error' } });
    expect(run.error?.message).toContain('capability_not_granted');
  });
});

it('a run whose runtime the executor lacks is refused, unbilled', async () => {
  const own = await startOwnStack();
  try {
    const [publisher, tenant] = [await own.createOrganization('publisher'), await own.createOrganization('tenant')];
    const { plugin } = await publishedFolder(own, publisher, `${FOLDER}text-stats`);
    const install = await unwrap(tenant.client.POST('/v1/installs', { body: { plugin, grants: {} } }));
    const { running } = own;
    await running.process('executor').stop();
    const logFolder = dirname(running.process('executor').logFile);
    const healthPort = Number(new URL(running.process('executor').healthUrl).port);
    const env = processEnvironment('executor', 2, healthPort, running.settings, { PADDOCK_RUNTIME_PYTHON_IMAGE: '' });
    const without = await startStackProcess({ name: 'executor-2', program: 'executor', healthPort, env, logFolder });
    try {
      const { runtimes } = (await unwrap(own.admin.client.GET('/v1/executors'))).items[0] ?? {};
      expect(runtimes).toEqual(['node', 'native']);
      const run = await callTool(tenant, install.id, 'nap', { seconds: 0 });
      expect(run).toMatchObject({ state: 'refused', error: { code: 'no_eligible_executor' }, usage: null });
    } finally {
      expect(await without.stop()).toBeUndefined();
      await running.process('executor').restart(); // A stack's end is in order only if all of it still runs.
    }
  } finally {
    await own.end();
  }
}, 300_000);
