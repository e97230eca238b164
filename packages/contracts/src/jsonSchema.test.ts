import { describe, expect, it } from 'vitest';
import { PaddockError } from './errors.js';
import { compileSchema } from './jsonSchema.js';

describe('compileSchema', () => {
  it('says where a value fails', () => {
    const check = compileSchema({
      type: 'object',
      properties: { n: { type: 'integer' } },
      required: ['n'],
      additionalProperties: false,
    });
    expect(check({ n: 1 })).toEqual([]);
    expect(check({ n: 'x' })).toEqual([{ path: '/n', message: 'must be integer' }]);
    expect(check({ n: 1, other: 2 })[0]?.message).toContain('(other)');
  });

  it('matches each pattern with its own expression, in time linear in the input', () => {
    const check = compileSchema({
      type: 'object',
      properties: { a: { type: 'string', pattern: '^(a+)+$' }, b: { type: 'string', pattern: '^b$' } },
    });
    expect(check({ a: 'aa', b: 'b' })).toEqual([]);
    expect(check({ a: `${'a'.repeat(50_000)}!` })[0]?.path).toBe('/a');
    expect(check({ b: 'a' })[0]?.path).toBe('/b');
  });

  it.each([
    ['a reference to elsewhere', { $ref: 'https://example.com/schema.json' }],
    ['an unknown type', { type: 'strange' }],
    ['an asynchronous schema', { $async: true }],
    ['a look-behind, which RE2 has not', { pattern: '(?<=a)b' }],
    ['another draft', { $schema: 'http://json-schema.org/draft-04/schema#' }],
    ['too large', { description: 'x'.repeat(70_000) }],
  ])('refuses %s', (_name, schema) => {
    try {
      compileSchema(schema);
      expect.unreachable();
    } catch (error) {
      expect((error as PaddockError).code).toBe('manifest_schema_invalid');
    }
  });

  it('refuses a schema that nests too deep', () => {
    let schema: object = { type: 'string' };
    for (let i = 0; i < 40; i++) schema = { items: schema };
    expect(() => compileSchema(schema)).toThrow(PaddockError);
  });

  it('goes by the draft that a schema names', () => {
    const pair = { type: 'array', items: [{ type: 'string' }, { type: 'integer' }], additionalItems: false };
    for (const $schema of ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema']) {
      const check = compileSchema({ $schema, ...pair });
      expect(check(['a', 1])).toEqual([]);
      expect(check([1, 'a'])).not.toEqual([]);
      expect(check(['a', 1, 2])).not.toEqual([]);
    }
    expect(() => compileSchema(pair)).toThrow(PaddockError);
    expect(() =>
      compileSchema({ properties: { a: { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' } } }),
    ).toThrow(PaddockError);
  });

  it('is not misled by a __proto__ key', () => {
    const check = compileSchema({ type: 'object', properties: {}, additionalProperties: false });
    expect(check(JSON.parse('{"__proto__": {"a": 1}}'))).not.toEqual([]);
  });
});
