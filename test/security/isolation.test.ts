import { readFile } from 'node:fs/promises';
import { unwrap } from '@paddock/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { testStack } from '../support/stack.js';

describe('a run that needs a stronger isolation than any executor has', () => {
  let stack: OwnStack;
  beforeAll(async () => {
    stack = await startOwnStack({ environment: { PADDOCK_GVISOR_RUNTIME: '' } });
  });
  afterAll(() => stack.end());

  it.each([
    ['its install asks for it', {}, { minIsolation: 'L3' as const }],
    ['its manifest asks for it', { manifest: { minIsolation: 'L3' } }, {}],
  ])('is refused, unbilled, and never run at a weaker one: %s', async (_why, source, terms) => {
    const { tenant, install } = await installedPlugin(stack, source, terms);
    expect(install.minIsolation).toBe('L3');
    expect(await callTool(tenant, install.id, 'echo')).toMatchObject({
      state: 'refused',
      error: { code: 'no_eligible_executor' },
      isolationLevel: null,
      usage: null,
    });
  });
});

describe('a run that asks for L3', () => {
  it('runs on gVisor where an executor has it, and says so; elsewhere it is refused', async () => {
    const stack = await testStack();
    const { tenant, install } = await installedPlugin(
      stack,
      {
        tools: {
          look: { body: "return { version: (await import('node:fs')).readFileSync('/proc/version', 'utf8') };" },
        },
      },
      { minIsolation: 'L3' },
    );
    const { items } = await unwrap(stack.admin.client.GET('/v1/executors'));
    const run = await callTool(tenant, install.id, 'look');
    if (!items.some(({ isolationLevel }) => isolationLevel === 'L3')) {
      expect(run).toMatchObject({ state: 'refused', error: { code: 'no_eligible_executor' } });
      return;
    }
    expect(run).toMatchObject({ state: 'succeeded', isolationLevel: 'L3' });
    expect(run.output).not.toEqual({ version: await readFile('/proc/version', 'utf8') });
    const { items: events } = await unwrap(
      tenant.client.GET('/v1/audit/events', { params: { query: { subjectId: run.id, event: 'run.settled' } } }),
    );
    expect(events).toMatchObject([{ data: { outcome: 'succeeded', isolationLevel: 'L3' } }]);
  });
});
