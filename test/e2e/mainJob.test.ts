import { checkTrail } from '@paddock/audit';
import { unwrap } from '@paddock/client';
import { auditLeafOf } from '@paddock/db';
import { describe, expect, it } from 'vitest';
import { callTool, installedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';

describe('the main job', () => {
  it('brings a signed plugin from upload to a result, a usage record and an audit trail', async () => {
    const stack = await testStack();
    const { tenant, version, install } = await installedPlugin(stack, {
      tools: {
        add: {
          body: 'return { sum: input.a + input.b }',
          outputSchema: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] },
        },
      },
    });
    expect(version).toMatchObject({ state: 'published', verdict: 'accepted', findings: [] });
    expect(install.tools.map((tool) => tool.name)).toEqual(['add']);

    const run = await callTool(tenant, install.id, 'add', { a: 2, b: 40 });
    expect(run).toMatchObject({
      state: 'succeeded',
      output: { sum: 42 },
      error: null,
      attempt: 1,
      isolationLevel: expect.stringMatching(/^L[123]$/) as string,
      plugin: version.plugin,
    });
    expect(run.usage?.cpuUs).toBeGreaterThan(1000);
    expect(run.usage?.peakMemoryBytes).toBeGreaterThan(1024 * 1024);
    expect(run.limits?.memoryBytes).toBe(128 * 1024 * 1024);

    const usage = await unwrap(tenant.client.GET('/v1/usage', { params: { query: {} } }));
    expect(usage.items).toMatchObject([{ installId: install.id, runs: 1, cpuUs: run.usage?.cpuUs }]);

    const events = await unwrap(tenant.client.GET('/v1/audit/events', { params: { query: { limit: 50 } } }));
    expect(events.items.map((event) => event.event)).toEqual([
      'run.settled',
      'run.created',
      'install.created',
      'api_key.created',
      'organization.created',
    ]);
    expect(events.items[0]).toMatchObject({
      subject: { type: 'run', id: run.id },
      data: { outcome: 'succeeded', attempt: 1 },
    });
  });

  it('keeps an audit trail whose every leaf is under a signed checkpoint', async () => {
    const stack = await testStack();
    const { tenant, install } = await installedPlugin(stack);
    const run = await callTool(tenant, install.id, 'echo', { a: 1 });
    const settled = async () => {
      const { items } = await unwrap(
        stack.admin.client.GET('/v1/audit/events', { params: { query: { subjectId: run.id, event: 'run.settled' } } }),
      );
      return items[0]?.seq ?? null;
    };
    await expect.poll(settled, { timeout: 15_000 }).not.toBeNull();

    // The checkpoint comes first: all of its leaves are there to be read then.
    const checkpoint = await unwrap(stack.admin.client.GET('/v1/audit/checkpoint'));
    expect(checkpoint.verifierKey).toBe(stack.auditVerifierKey);
    const leaves = [];
    let after: string | undefined;
    do {
      const page = await unwrap(
        stack.admin.client.GET('/v1/audit/events', {
          params: { query: { order: 'sequence', limit: 200, ...(after === undefined ? {} : { after }) } },
        }),
      );
      leaves.push(
        ...page.items.map((event) => ({
          leaf: auditLeafOf(event, event.seq ?? -1),
          leafHash: new Uint8Array(Buffer.from(event.leafHash ?? '', 'hex')),
        })),
      );
      after = page.next ?? undefined;
    } while (after !== undefined);
    const report = await checkTrail(leaves, checkpoint.note, stack.auditVerifierKey, { expectComplete: true });
    expect(report).toMatchObject({ verdict: 'intact', reason: 'intact' });
    expect(leaves.length).toBeGreaterThanOrEqual((await settled()) ?? Number.POSITIVE_INFINITY);
  });
});
