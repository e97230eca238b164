import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress, elapsed } from './progress.js';

function written(isTTY: boolean) {
  const chunks: string[] = [];
  const output = { isTTY, columns: 40, write: (text: string) => chunks.push(text) };
  return { progress: createProgress(output), text: () => stripVTControlCharacters(chunks.join('')) };
}

describe('progress', () => {
  it('writes one plain line a step where there is no terminal', async () => {
    const { progress, text } = written(false);
    await progress.run(
      'Postgres',
      async () => 5432,
      (port) => `on ${port}`,
    );
    await expect(progress.run('Redis', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    progress.close();
    expect(text()).toMatch(/^✓ Postgres on 5432 \(\d\.\d s\)\n✗ Redis \(\d\.\d s\)\n$/);
  });

  it('never draws a line wider than the terminal', () => {
    const { progress, text } = written(true);
    const step = progress.step('A title');
    step.update(`${'detail '.repeat(30)}\nand more`);
    progress.print('Above.');
    for (const line of text().split('\n')) expect(line.length).toBeLessThan(40);
    step.done();
    step.done();
    expect(text().match(/✓/g)).toHaveLength(1);
    progress.close();
  });

  it.each([
    [400, '0.4 s'],
    [12_300, '12 s'],
    [125_000, '2 min 5 s'],
  ])('says %i ms as %s', (ms, text) => expect(elapsed(ms)).toBe(text));
});
