import { Readable } from 'node:stream';
import { unwrap } from '@paddock/client';
import { type Stack, startStack } from '@paddock/infra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Docker } from '../support/docker.js';
import { prerequisites, shared } from '../support/globalSetup.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { open, type TestStack } from '../support/stack.js';

const WAIT = { timeout: 60_000 };

let running: Stack;
let stack: TestStack;
beforeAll(async () => {
  // An engine of its own: what is taken from it, every other stack would miss too.
  const { dockerHost: _engine, images: _images, ...on } = prerequisites();
  running = await startStack({
    on,
    ownEngine: true,
    durable: false,
    // An image in use by a running container can't be removed: no sandbox waits, and the probe pauses for long enough.
    environment: { PADDOCK_EXECUTOR_MAX_SPARES: '0', PADDOCK_PROBE_EVERY_MS: '3000' },
  });
  stack = await open(shared(running));
}, 180_000);
afterAll(async () => {
  expect(await running.stop()).toEqual([]);
}, 60_000);

it('an executor that can’t prove its isolation any more takes no runs, says so, and takes them again', async () => {
  const { tenant, install } = await installedPlugin(stack, {}, { isolation: 'run' });
  const call = (wait: number) => callTool(tenant, install.id, 'echo', {}, { wait });
  expect((await call(30)).state).toBe('succeeded');
  const executor = async () => (await unwrap(stack.admin.client.GET('/v1/executors'))).items[0];
  const ready = async () => (await fetch(`${running.process('executor').healthUrl}/readyz`)).status;
  const level = (await executor())?.isolationLevel;
  expect(level).toMatch(/^L[123]$/);
  expect(await ready()).toBe(200);

  // The probe's image goes, and with it the proof. A probe under way may be in its way for a moment.
  const docker = new Docker(running.dockerHost);
  const image = docker.getImage(running.images.node);
  const saved = await bytesOf(await image.get());
  await expect
    .poll(
      () =>
        image.remove({ force: true }).then(
          () => true,
          () => false,
        ),
      WAIT,
    )
    .toBe(true);
  await expect.poll(ready, WAIT).toBe(503);
  await expect.poll(async () => (await executor())?.isolationLevel, WAIT).toBe('refuse');
  const waiting = await call(0);
  const audit = async (after: 'refuse' | 'again') => {
    const query = { event: 'executor.isolation_changed' as const, limit: 10 };
    const { items } = await unwrap(stack.admin.client.GET('/v1/audit/events', { params: { query } }));
    return items.some(
      ({ data }) => ((data as { isolationLevel?: string }).isolationLevel === 'refuse') === (after === 'refuse'),
    );
  };
  await expect.poll(() => audit('refuse'), WAIT).toBe(true);

  await docker.loadImage(Readable.from([saved]));
  await expect.poll(ready, WAIT).toBe(200);
  await expect.poll(async () => (await executor())?.isolationLevel, WAIT).toBe(level);
  expect(await audit('again')).toBe(true);
  const stateOf = async () =>
    (await unwrap(tenant.client.GET('/v1/runs/{id}', { params: { path: { id: waiting.id } } }))).state;
  await expect.poll(stateOf, WAIT).toMatch(/^(?:succeeded|refused)$/);
  expect((await call(30)).state).toBe('succeeded');
}, 300_000);

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
