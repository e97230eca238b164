import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, readMessage } from './messages.js';

const read = (text: string) => readMessage(Buffer.from(text));

describe('readMessage', () => {
  it('tells the four kinds apart', () => {
    expect(read('{"jsonrpc":"2.0","id":1,"method":"m","params":{"a":1}}')).toEqual({
      kind: 'request',
      id: 1,
      method: 'm',
      params: { a: 1 },
    });
    expect(read('{"jsonrpc":"2.0","method":"m"}')).toEqual({ kind: 'notification', method: 'm', params: undefined });
    expect(read('{"jsonrpc":"2.0","id":"x","result":null}')).toEqual({ kind: 'result', id: 'x', result: null });
    expect(read('{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"m"}}')).toEqual({
      kind: 'error',
      id: 1,
      error: { code: -1, message: 'm' },
    });
  });

  it.each([
    ['nothing', ''],
    ['plain text', 'hello'],
    ['another version', '{"jsonrpc":"1.0","id":1,"result":1}'],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"result":1}]'],
    ['result and error', '{"jsonrpc":"2.0","id":1,"result":1,"error":{"code":1,"message":""}}'],
    ['neither', '{"jsonrpc":"2.0","id":1}'],
    ['a request that is also an answer', '{"jsonrpc":"2.0","id":1,"method":"m","result":1}'],
    ['a null id', '{"jsonrpc":"2.0","id":null,"result":1}'],
    ['an id that is a fraction', '{"jsonrpc":"2.0","id":1.5,"result":1}'],
    ['an id beyond exactness', '{"jsonrpc":"2.0","id":1e30,"result":1}'],
    ['an error without a code', '{"jsonrpc":"2.0","id":1,"error":{"message":"m"}}'],
    ['trailing text', '{"jsonrpc":"2.0","id":1,"result":1} x'],
    ['a NUL', '{"jsonrpc":"2.0","id":1,"result":1}\u0000'],
    ['nesting without end', `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(100_000)}`],
    ['nesting that does end', `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(500)}${']'.repeat(500)}}`],
  ])('refuses %s', (_name, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(readMessage(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readMessage(Buffer.from(bytes))));
    fc.assert(fc.property(fc.json(), (text) => void read(text)));
  });
});

describe('parseJson', () => {
  it.each(['{"a":{"__proto__":{"polluted":true}}}', '{"a":{"\\u005f_proto__":{"polluted":true}}}'])(
    'leaves __proto__ out of %s',
    (text) => {
      const value = parseJson(Buffer.from(text)) as { a: object };
      expect(Object.getOwnPropertyNames(value.a)).toEqual([]);
      expect(Object.assign({}, value.a)).not.toHaveProperty('polluted');
    },
  );

  it('gives what JSON.parse gives for what is not too deep', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__'));
        expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('does not take brackets in strings for nesting', () => {
    const text = JSON.stringify(['['.repeat(1000), '\\"[']);
    expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
  });
});
