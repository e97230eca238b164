/** The suite of a runtime's arsenal at an isolation level: each harm, the attempts to break out, and what is left of them. */
import { unwrap } from '@paddock/client';
import type { Runtime } from '@paddock/contracts';
import { attackRows, judge } from '@paddock/sandbox/attacks';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Arsenal, type Harm, openArsenal } from './arsenal.js';
import { testStack } from './stack.js';

/** Declares the tests. Where no executor has the level, they are skipped, and say so by name. */
export async function arsenalSuite(runtime: Runtime, level: 'L1' | 'L3', harms: readonly Harm[]): Promise<void> {
  const stack = await testStack();
  const { items } = await unwrap(stack.admin.client.GET('/v1/executors'));
  const hasLevel = items.some(({ isolationLevel }) => isolationLevel !== 'refuse' && isolationLevel >= level);

  describe.runIf(hasLevel)(`runtime ${runtime} at ${level}: a plugin`, () => {
    let arsenal: Arsenal;
    beforeAll(async () => {
      arsenal = await openArsenal(stack, runtime, level);
    });

    it.each(harms.map((harm) => (level === 'L3' ? { ...harm, ...harm.onGvisor } : harm)))(
      '$claim ($act)',
      async (harm) => {
        await arsenal.withstand(harm);
      },
    );

    describe('that tries to break out', () => {
      let report: ReturnType<typeof judge>;
      it('can try', async () => {
        const run = await arsenal.withstand({ act: 'attempts', claim: 'finds no way out', ends: 'succeeded' });
        report = judge((run.output as { lines: unknown[] }).lines, level);
      });
      it.each(attackRows(level))('gets $expected from $name, to $aim', ({ name, expected }) => {
        expect(expected).toContain(report.attempts.find((attempt) => attempt.name === name)?.outcome);
      });
      it('has tried nothing else', () => expect(report.held).toBe(true));
    });

    it('leaves nothing on the host after all of that', () => arsenal.end());
  });
}
