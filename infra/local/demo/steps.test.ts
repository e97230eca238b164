import { describe, expect, it } from 'vitest';
import { createProgress } from '../progress.js';
import { nextVersion } from './publish.js';
import { brought, must, Steps } from './steps.js';

function begin() {
  const lines: string[] = [];
  const broken = new AbortController();
  const steps = new Steps(createProgress({ write: (text) => lines.push(text) }), broken.signal);
  return { steps, lines, broken };
}

describe('Steps', () => {
  it('records what was observed, and answers what came out', async () => {
    const { steps } = begin();
    let seen: number | undefined;
    await steps.chapter('one', async () => {
      seen = await steps.step(
        'adds',
        async () => 2 + 2,
        (sum) => `it is ${sum}`,
      );
    });
    expect(seen).toBe(4);
    expect(steps.records).toMatchObject([{ name: 'adds', ok: true, observed: 'it is 4' }]);
    expect(steps.failed).toEqual([]);
  });

  it('ends a chapter with the step that fails, records it once, and begins the next chapter', async () => {
    const { steps, lines } = begin();
    let reached = false;
    await steps.chapter('one', async () => {
      await steps.step(
        'fails',
        async () => must(false, 'the sky is green'),
        () => '',
      );
      reached = true;
    });
    await steps.chapter(
      'two',
      async () =>
        void (await steps.step(
          'holds',
          async () => 1,
          () => 'fine',
        )),
    );
    expect(reached).toBe(false);
    expect(steps.records.map(({ name, ok }) => [name, ok])).toEqual([
      ['fails', false],
      ['holds', true],
    ]);
    expect(steps.failed[0]?.observed).toBe('the sky is green');
    expect(lines.join('')).toContain('the sky is green');
  });

  it('fails a step whose result can’t be described', async () => {
    const { steps } = begin();
    await steps.chapter('one', async () => {
      await steps.step(
        'holds',
        async () => undefined,
        (nothing) => brought<string>(nothing, 'a text'),
      );
    });
    expect(steps.failed).toHaveLength(1);
  });

  it('goes on after a part that stands apart, and counts its failure', async () => {
    const { steps } = begin();
    await steps.chapter('one', async () => {
      await steps.apart('broken', async () => void brought(undefined, 'the install'));
      await steps.step(
        'holds',
        async () => 1,
        () => 'fine',
      );
    });
    expect(steps.records.map(({ name, ok }) => [name, ok])).toEqual([
      ['broken', false],
      ['holds', true],
    ]);
  });

  it('neither goes on nor calls it a failure when the demo is broken off', async () => {
    const { steps, broken } = begin();
    const chapter = steps.chapter('one', async () => {
      await steps.step(
        'is under way',
        async () => {
          broken.abort(new Error('Ctrl-C'));
          throw new Error('the stack is gone');
        },
        () => '',
      );
    });
    await expect(chapter).rejects.toThrow('Ctrl-C');
    await expect(steps.chapter('two', async () => undefined)).rejects.toThrow('Ctrl-C');
    expect(steps.records).toEqual([]);
  });
});

describe('nextVersion', () => {
  it.each([
    ['1.0.0', [], '1.0.0'],
    ['1.0.0', ['2.0.0', '0.9.0'], '1.0.0'],
    ['1.0.0', ['1.0.0'], '1.0.1'],
    ['1.0.0', ['1.0.0', '1.0.9', '1.0.10'], '1.0.11'],
    ['1.2.0', ['1.2.0', '1.3.7'], '1.2.1'],
    ['1.0.0', ['1.0.0', '1.0.1-beta.1'], '1.0.2'],
  ])('of %s beside %j is %s', (wanted, taken, next) => {
    expect(nextVersion(wanted, taken)).toBe(next);
  });
});
