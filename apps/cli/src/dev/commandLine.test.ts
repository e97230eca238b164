import { describe, expect, it } from 'vitest';
import { parseDevCommand } from './commandLine.js';
import { LocalKv } from './hostServices.js';

describe('parseDevCommand', () => {
  it.each([
    ['', { kind: 'nothing' }],
    [' tools ', { kind: 'tools' }],
    ['exit', { kind: 'quit' }],
    ['greet', { kind: 'call', tool: 'greet', input: {} }],
    ['call greet {"name": "Ada"}', { kind: 'call', tool: 'greet', input: { name: 'Ada' } }],
    ['call tools', { kind: 'call', tool: 'tools', input: {} }],
    [
      'add a=1 b=two c="three words" d=[1,2] e=',
      { kind: 'call', tool: 'add', input: { a: 1, b: 'two', c: 'three words', d: [1, 2], e: '' } },
    ],
  ])('takes %j', (line, command) => expect(parseDevCommand(line)).toEqual(command));

  it.each(['call', 'greet {"name"', 'greet Ada'])('refuses %j', (line) =>
    expect(() => parseDevCommand(line)).toThrow(expect.objectContaining({ code: 'usage' })),
  );
});

describe('LocalKv', () => {
  it('compares and sets, expires and lists as the platform does', () => {
    const kv = new LocalKv();
    const { version } = kv.put({ key: 'a', value: 1 });
    expect(() => kv.put({ key: 'a', value: 2, ifVersion: null })).toThrow(
      expect.objectContaining({ code: 'kv_conflict' }),
    );
    expect(kv.put({ key: 'a', value: 2, ifVersion: version }).version).toBeGreaterThan(version);
    expect(kv.get('a')).toMatchObject({ found: true, value: 2 });
    kv.put({ key: 'gone', value: 1, ttlMs: -1 });
    expect(kv.get('gone')).toEqual({ found: false });
    kv.put({ key: 'b', value: null });
    const first = kv.list({ prefix: '', limit: 1 });
    expect(first).toMatchObject({ entries: [{ key: 'a' }], cursor: 'a' });
    expect(kv.list({ prefix: '', limit: 9, cursor: 'a' })).toMatchObject({ entries: [{ key: 'b' }] });
    expect(kv.delete({ key: 'b' })).toEqual({ deleted: true });
    expect(kv.delete({ key: 'b' })).toEqual({ deleted: false });
  });
});
