import { describe, expect, it } from 'vitest';
import { faultsByField, fieldsOf, initialValues, inputOf, parseInput, valuesOf } from './fields.js';

const schema = {
  type: 'object',
  properties: {
    text: { type: 'string', title: 'Text' },
    times: { type: 'integer', minimum: 1, default: 2 },
    loud: { type: 'boolean' },
    mode: { enum: ['a', 1, null] },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['text', 'tags'],
};
const fields = fieldsOf(schema) ?? [];

describe('fieldsOf', () => {
  it('makes a field of each property', () => {
    expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['text', 'text', true],
      ['times', 'number', false],
      ['loud', 'boolean', false],
      ['mode', 'choice', false],
      ['tags', 'json', true],
    ]);
    expect(initialValues(fields)).toEqual({ text: '', times: '2', loud: null, mode: '', tags: '' });
  });

  it.each([[{ type: 'object' }], [{ type: 'object', properties: { a: {} }, oneOf: [] }], [{ $ref: '#/$defs/a' }]])(
    'leaves %j to JSON',
    (other) => {
      expect(fieldsOf(other)).toBeNull();
    },
  );
});

describe('inputOf', () => {
  it('leaves out what is empty, and keeps types apart', () => {
    expect(inputOf(fields, { text: '', times: '', loud: null, mode: '', tags: '[]' })).toEqual({
      ok: true,
      input: { text: '', tags: [] },
    });
    expect(inputOf(fields, { text: 'x', times: '3', loud: false, mode: '1', tags: '["a"]' })).toEqual({
      ok: true,
      input: { text: 'x', times: 3, loud: false, mode: 1, tags: ['a'] },
    });
    expect(inputOf(fields, { text: 'x', mode: 'null', tags: '[]' })).toEqual({
      ok: true,
      input: { text: 'x', mode: null, tags: [] },
    });
  });

  it('says which field can’t be read', () => {
    const result = inputOf(fields, { text: 'x', times: '1e', tags: '' });
    expect(result.ok ? [] : Object.keys(result.errors)).toEqual(['times', 'tags']);
  });
});

describe('valuesOf', () => {
  it('is the way back from an input', () => {
    const input = { text: 'x', times: 3, mode: null, tags: ['a'] };
    const values = valuesOf(fields, input);
    expect(values === null ? null : inputOf(fields, values)).toEqual({ ok: true, input });
  });

  it('refuses what the fields would lose', () => {
    expect(valuesOf(fields, { text: 'x', tags: [], other: 1 })).toBeNull();
    expect(valuesOf(fields, { text: 1, tags: [] })).toBeNull();
  });
});

it('parseInput takes objects alone', () => {
  expect(parseInput('{"a":1}')).toEqual({ ok: true, input: { a: 1 } });
  expect(parseInput('[1]').ok).toBe(false);
  expect(parseInput('{').ok).toBe(false);
});

it('faultsByField finds the field of a pointer', () => {
  expect(
    faultsByField([
      { path: '/body/input/tags/0', message: 'm' },
      { path: '/body/input/a~1b', message: 'n' },
      { path: '/body/input', message: 'o' },
    ]),
  ).toEqual({ tags: 'm', 'a/b': 'n' });
});
