import type { LogLine } from '@paddock/contracts';
import { describe, expect, it } from 'vitest';
import { capText, cleanText, RunLog } from './runLog.js';

const collect = () => {
  const lines: LogLine[] = [];
  return { lines, log: new RunLog((line) => lines.push(line)) };
};

describe('RunLog', () => {
  it('maps the protocol’s levels, and takes data of any kind', () => {
    const { lines, log } = collect();
    log.message({ level: 'notice', data: 'a' });
    log.message({ level: 'emergency', data: { b: 1 } });
    log.message({ level: 'constructor', data: 'c' });
    log.message('not an object');
    log.stderr(Buffer.from('d'));
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'a'],
      ['error', '{"b":1}'],
      ['info', 'c'],
      ['stderr', 'd'],
    ]);
  });

  it('keeps 64 KiB and then says once that it was cut', () => {
    const { lines, log } = collect();
    for (let at = 0; at < 100; at += 1) log.stderr(Buffer.alloc(1024, 'x'));
    expect(lines).toHaveLength(65);
    expect(lines.at(-1)?.level).toBe('warning');
  });

  it('keeps a thousand lines, empty ones too', () => {
    const { lines, log } = collect();
    for (let at = 0; at < 5000; at += 1) log.stderr(Buffer.alloc(0));
    expect(lines).toHaveLength(1001);
  });
});

describe('cleanText', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;target\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['a\r\nb\nc\rd', 'a b c d'],
    ['end\r', 'end'],
    ['nul\u0000 bell\u0007 del\u007f c1\u009b', 'nul bell del c1'],
    ['a\tb', 'a\tb'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['fake\u2028line', 'fake line'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    ['naïve 😀', 'naïve 😀'],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});

describe('capText', () => {
  it('cuts between characters', () => {
    expect(capText('aé', 2)).toBe('a');
    expect(capText('aé', 3)).toBe('aé');
    expect(capText('😀😀', 7)).toBe('😀');
  });
});
